"""`make bench`: every measurement, one after the other."""

from bench import clicks, scale

clicks.main()
scale.main([])
