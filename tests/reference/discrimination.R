# Uno's concordance of small data sets with many ties, from survival's concordance(): Rscript discrimination.R
# Writes discrimination.csv: every patient of every set, with the concordance of the set to day tau.

library(survival)
set.seed(20)
rows <- list()
for (set in 1:60) {
  n <- sample(5:25, 1)
  tau <- sample(3:12, 1)
  day <- sample(1:12, n, replace = TRUE)
  event <- rbinom(n, 1, runif(1, 0.2, 0.9))
  risk <- sample(0:sample(1:9, 1), n, replace = TRUE)
  found <- tryCatch(
    concordance(Surv(day, event) ~ risk, timewt = "n/G2", ymax = tau, reverse = TRUE)$concordance,
    error = function(e) NA
  )
  rows[[set]] <- data.frame(set, tau, day, event, risk, concordance = if (length(found)) found else NA)
}
write.csv(do.call(rbind, rows), "discrimination.csv", row.names = FALSE)
