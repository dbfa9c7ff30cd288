# R's answers for Cox models with few events and with levels that have none: the first trial patients of survival::pbc,
# 170 of them, followed for two years in steps of 30 days, so that days tie. Run from this folder: Rscript cox.R     (R 4.2.2, survival 3.5-3)
library(survival)
options(warn = -1)
Sys.setlocale("LC_COLLATE", "C")

p <- pbc[seq(1, 312, length.out = 170), ]
d <- data.frame(
  day = 30 * ceiling(pmin(p$time, 730) / 30), event = as.integer(p$status == 2 & p$time <= 730),
  edema = paste0("e", p$edema), ascites = paste0("a", p$ascites), spiders = paste0("s", p$spiders),
  stage = paste0("g", p$stage), bilirubin = as.character(cut(p$bili, c(-Inf, 1, 2, 6, Inf), c("b1", "b2", "b3", "b4"))))
write.csv(d, "pbc_two_years.csv", row.names = FALSE, quote = FALSE)
reference <- c(edema = "e0", ascites = "a0", spiders = "s0", stage = "g4", bilirubin = "b4")
control <- coxph.control(eps = 1e-13, iter.max = 60)
number <- function(x) format(x, digits = 16, trim = TRUE)

# Twice the fall of the log-likelihood at coefficient b of one level, the other levels refitted around it.
profile <- function(x, level, ties) {
  x$one <- as.integer(x$g == level)
  x$rest <- factor(ifelse(x$g == level, levels(x$g)[1], as.character(x$g)), setdiff(levels(x$g), level))
  full <- coxph(Surv(day, event) ~ g, x, ties = ties, control = control)$loglik[2]
  function(b) {
    x$shift <- b * x$one
    right <- if (nlevels(x$rest) > 1) Surv(day, event) ~ rest + offset(shift) else Surv(day, event) ~ offset(shift)
    fit <- coxph(right, x, ties = ties, control = control)
    2 * (full - fit$loglik[length(fit$loglik)])
  }
}
limit <- function(fall, from, to) uniroot(function(b) fall(b) - qchisq(0.95, 1), c(from, to), tol = 1e-11)$root

models <- NULL; terms <- NULL; zph <- NULL
for (factor_name in names(reference)) for (ties in c("breslow", "efron")) {
  x <- data.frame(day = d$day, event = d$event, g = relevel(factor(d[[factor_name]]), ref = reference[[factor_name]]))
  fit <- coxph(Surv(day, event) ~ g, x, ties = ties, control = control)
  test <- summary(fit)
  models <- rbind(models, data.frame(factor = factor_name, ties, df = length(coef(fit)),
    loglik0 = number(fit$loglik[1]), loglik1 = number(fit$loglik[2]), score = number(fit$score)))
  happened <- tapply(x$event, x$g, sum)
  some <- droplevels(x[x$g %in% names(happened)[happened > 0], ])
  finite <- coxph(Surv(day, event) ~ g, some, ties = ties, control = control)
  for (level in levels(x$g)[-1]) {
    fall <- profile(x, level, ties)
    here <- happened[[level]] > 0
    b <- if (here) coef(finite)[[paste0("g", level)]] else NA
    terms <- rbind(terms, data.frame(factor = factor_name, ties, level, n = sum(x$g == level), events = happened[[level]],
      coef = number(b), se = number(if (here) sqrt(vcov(finite)[paste0("g", level), paste0("g", level)]) else NA),
      lower = number(if (here) exp(limit(fall, b - 8, b)) else 0),
      upper = number(exp(limit(fall, if (here) b else -15, if (here) b + 8 else 5))),
      lrt = number(fall(0))))
  }
  if (all(happened > 0)) for (transform in c("km", "rank", "identity", "log"))
    zph <- rbind(zph, data.frame(factor = factor_name, ties, transform, t(cox.zph(fit, transform)$table["g", ])))
}
write.csv(models, "cox_few_events_models.csv", row.names = FALSE, quote = FALSE)
write.csv(terms, "cox_few_events_terms.csv", row.names = FALSE, quote = FALSE)
zph[c("chisq", "p")] <- lapply(zph[c("chisq", "p")], number)
write.csv(zph, "cox_few_events_zph.csv", row.names = FALSE, quote = FALSE)
