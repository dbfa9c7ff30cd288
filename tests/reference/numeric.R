# Cox models of one number: coxph, its profile likelihood and Firth's penalty, all from coxph held at a coefficient.
# Run from this folder: Rscript numeric.R. Writes numeric_covariate.csv; an infinite ratio or limit is Inf.

library(survival)

held <- function(frame, b, ties) {
  fit <- coxph(Surv(day, event) ~ x, frame, ties = ties, init = b, control = coxph.control(iter.max = 0))
  c(fit$loglik[2], 1 / fit$var[1, 1])
}
answers <- function(frame, name, ties, monotone) {
  frame$x <- frame$x - mean(frame$x)
  reach <- if (monotone) 5 else 2
  plain <- function(b) held(frame, b, ties)[1]
  penalised <- function(b) { at <- held(frame, b, ties); at[1] + log(at[2]) / 2 }
  drop <- qchisq(0.95, 1) / 2
  one <- function(f, top, highest, kind) {
    low <- uniroot(function(b) f(b) - highest + drop, c(-reach, top), tol = 1e-12)$root
    high <- if (kind == "profile" && monotone) Inf else
      uniroot(function(b) f(b) - highest + drop, c(top, top + 2 * reach), tol = 1e-12)$root
    p <- pchisq(2 * (highest - f(0)), 1, lower.tail = FALSE)
    data.frame(dataset = name, ties, kind, ratio = if (kind == "profile" && monotone) Inf else exp(top),
               lower = exp(low), upper = exp(high), p)
  }
  best <- function(f) optimize(f, c(-reach, reach), maximum = TRUE, tol = 1e-10)$maximum
  top <- if (monotone) 25 else best(plain)
  firth <- best(penalised)
  rbind(one(plain, top, if (monotone) plain(25) else plain(top), "profile"),
        one(penalised, firth, penalised(firth), "firth"))
}
lung$event <- lung$status == 2
l <- with(lung, data.frame(day = ceiling(time / 30), event, x = age / 10))
v <- with(veteran, data.frame(day = ceiling(time / 30), event = status == 1, x = karno / 20))
# The six oldest of 40 die, the oldest first, two of them on one day.
six <- data.frame(day = c(20, 30, 40, 40, 60, 70, rep(400, 34)), event = rep(c(TRUE, FALSE), c(6, 34)),
                  x = c(79, 78, 77, 77, 75, 74, 73 - (0:33) %% 30))
found <- do.call(rbind, lapply(c("efron", "breslow"), function(ties)
  rbind(answers(l, "lung", ties, FALSE), answers(v, "veteran", ties, FALSE), answers(six, "six", ties, TRUE))))
write.csv(found, "numeric_covariate.csv", row.names = FALSE)
