# R's answers for adjusted and stratified comparisons: Cox models of several columns, plain and with Firth's penalty, the
# test of an interaction, log-rank tests with weights and strata, Gray's test, and differences of survival at a time.
# Run from this folder: Rscript adjusted.R     (R 4.2.2, survival 3.5-3, cmprsk 2.2-11)
library(survival)
library(cmprsk)
options(warn = -1)

write <- function(frame, file) {
  numbers <- vapply(frame, is.numeric, TRUE)
  frame[numbers] <- lapply(frame[numbers], function(x) ifelse(is.na(x), "", sprintf("%.16g", x)))
  write.csv(frame, file, row.names = FALSE, quote = FALSE)
}
control <- coxph.control(eps = 1e-14, iter.max = 100, toler.chol = 1e-14)

# The penalised log-likelihood comes from coxph alone, held at a coefficient: its log-likelihood and its information. The
# maximum is found by Newton steps on differences of fourth order, so nothing here is shared with the formulas tested.
held <- function(d, x, ties) function(b) {
  fit <- coxph(Surv(d$day, d$event) ~ x, ties = ties, init = b, control = coxph.control(iter.max = 0))
  list(value = fit$loglik[1] - determinant(fit$var)$modulus / 2, var = fit$var)
}
slope <- function(f, b, k, h = 2e-3) {
  at <- function(s) { b[k] <- b[k] + s * h; as.numeric(f(b)$value) }
  (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
}
peak <- function(f, b, free = seq_along(b)) {
  if (length(free)) for (i in 1:300) {
    g <- vapply(free, function(k) slope(f, b, k), 0)
    information <- solve(f(b)$var)[free, free, drop = FALSE]
    step <- solve(information, g)
    b[free] <- b[free] + step * min(1, 2 / max(abs(step)))
    if (max(abs(step)) < 1e-10) break
  }
  list(b = b, value = as.numeric(f(b)$value))
}
firth <- function(d, x, ties, dataset) {
  f <- held(d, x, ties); size <- ncol(x)
  best <- peak(f, rep(0, size)); null <- as.numeric(f(rep(0, size))$value)
  profile <- function(k, at) { b <- best$b; b[k] <- at; peak(f, b, setdiff(seq_len(size), k))$value }
  error <- sqrt(diag(f(best$b)$var))
  limit <- function(k, sign) uniroot(function(at) profile(k, at) - (best$value - qchisq(0.95, 1) / 2),
                                     sort(best$b[k] + sign * error[k] * c(0.2, 12)), tol = 1e-10)$root
  data.frame(dataset, ties, model = "firth", column = seq_len(size), coef = best$b, se = error,
    lower = vapply(seq_len(size), limit, 0, sign = -1), upper = vapply(seq_len(size), limit, 0, sign = 1),
    p = vapply(seq_len(size), function(k) pchisq(2 * (best$value - profile(k, 0)), 1, lower.tail = FALSE), 0),
    ratio = 2 * (best$value - null))
}
plain <- function(d, x, ties, dataset) {
  fit <- coxph(Surv(d$day, d$event) ~ x, ties = ties, control = control)
  limits <- confint(fit)
  data.frame(dataset, ties, model = "plain", column = seq_len(ncol(x)), coef = coef(fit), se = sqrt(diag(fit$var)),
    lower = limits[, 1], upper = limits[, 2], p = summary(fit)$coefficients[, 5], ratio = 2 * diff(fit$loglik))
}

v <- data.frame(day = veteran$time, event = veteran$status)
vx <- cbind(veteran$trt == 2, veteran$celltype == "smallcell", veteran$celltype == "adeno", veteran$celltype == "large",
            veteran$karno, veteran$age) + 0
b <- read.csv("pbc_two_years.csv")
bx <- cbind(b$edema != "e0", b$stage == "g1", b$stage == "g2", b$stage == "g3", b$spiders == "s1") + 0
models <- NULL
for (ties in c("breslow", "efron")) models <- rbind(models, plain(v, vx, ties, "veteran"), firth(v, vx, ties, "veteran"),
                                                    firth(b, bx, ties, "pbc_two_years"))
write(models, "multivariable_cox.csv")

# An interaction: twice the rise of the log-likelihood, plain and penalised by the whole model's information.
interaction <- function(d, main, product, dataset, ties) {
  x <- cbind(main, product); last <- ncol(main) + seq_len(ncol(product))
  less <- coxph(Surv(d$day, d$event) ~ main, ties = ties, control = control)
  more <- coxph(Surv(d$day, d$event) ~ x, ties = ties, control = control)
  f <- held(d, x, ties)
  rise <- peak(f, rep(0, ncol(x)))$value - peak(f, rep(0, ncol(x)), setdiff(seq_len(ncol(x)), last))$value
  data.frame(dataset, ties, df = ncol(product), plain = 2 * (more$loglik[2] - less$loglik[2]), firth = 2 * rise)
}
write(do.call(rbind, lapply(c("breslow", "efron"), function(ties) rbind(
  interaction(v, vx[, 1:4], vx[, 1] * vx[, 2:4], "veteran", ties),
  interaction(b, bx[, c(1, 5)], bx[, 1, drop = FALSE] * bx[, 5], "pbc_two_years", ties)))), "interaction.csv")

# Weighted and stratified log-rank tests. survdiff knows rho alone; the others are sums over its own risk sets.
weighted <- function(d, group, weight, strata = rep(1, nrow(d))) {
  u <- 0; V <- 0; levels <- sort(unique(group))
  for (s in unique(strata)) {
    own <- strata == s; day <- d$day[own]; event <- d$event[own]; g <- group[own]; before <- 1
    for (t in sort(unique(day[event == 1]))) {
      Y <- vapply(levels, function(l) sum(day >= t & g == l), 0); D <- vapply(levels, function(l) sum(day == t & event == 1 & g == l), 0)
      n <- sum(Y); dd <- sum(D); w <- weight(before, n); e <- dd * Y / n
      u <- u + w * (D - e)
      if (n > 1) V <- V + w^2 * dd * (n - dd) / (n - 1) * (diag(Y / n) - outer(Y / n, Y / n))
      before <- before * (1 - dd / n)
    }
  }
  keep <- -1
  as.numeric(u[keep] %*% solve(V[keep, keep, drop = FALSE]) %*% u[keep])
}
cell <- as.character(veteran$celltype); good <- as.character(veteran$karno >= 60)
stopifnot(abs(weighted(v, cell, function(S, n) S) - survdiff(Surv(day, event) ~ cell, v, rho = 1)$chisq) < 1e-9)
stopifnot(abs(weighted(v, cell, function(S, n) 1, good) - survdiff(Surv(day, event) ~ cell + strata(good), v)$chisq) < 1e-9)
weights <- list(even = function(S, n) 1, peto_prentice = function(S, n) S, gehan = function(S, n) n,
                tarone_ware = function(S, n) sqrt(n), late = function(S, n) 1 - S)
write(do.call(rbind, lapply(names(weights), function(name) data.frame(weight = name,
  chisq = weighted(v, cell, weights[[name]]), stratified = weighted(v, cell, weights[[name]], good)))), "weighted_logrank.csv")

# Gray's test, whole and in strata.
r <- read.csv("competing_risks.csv", colClasses = c(group = "character"))
gray <- function(name, frame, group, strata) {
  fit <- cuminc(frame$day, frame$cause, group, strata = strata)$Tests
  data.frame(dataset = name, cause = rownames(fit), chisq = fit[, 1], df = fit[, 3], p = fit[, 2])
}
three <- function(n) as.character(seq_len(n) %% 3)
write(do.call(rbind, lapply(unique(r$dataset), function(name) {
  frame <- r[r$dataset == name, ]; n <- nrow(frame)
  rbind(gray(paste(name, "sex"), frame, frame$group, rep(1, n)), gray(paste(name, "three"), frame, three(n), rep(1, n)),
        gray(paste(name, "three in strata"), frame, three(n), frame$group))
})), "gray.csv")

# Differences of survival at a time: limits put together from those of both curves (log-log), by square and add.
lung2 <- lung; s <- survfit(Surv(time, status) ~ sex, lung2, conf.type = "log-log")
write(do.call(rbind, lapply(c(180, 365, 547), function(t) {
  a <- summary(s, times = t); d <- a$surv[2] - a$surv[1]
  data.frame(day = t, difference = d, lower = d - sqrt((a$surv[2] - a$lower[2])^2 + (a$upper[1] - a$surv[1])^2),
             upper = d + sqrt((a$upper[2] - a$surv[2])^2 + (a$surv[1] - a$lower[1])^2),
             se = sqrt(sum(a$std.err^2)))
})), "survival_difference.csv")
