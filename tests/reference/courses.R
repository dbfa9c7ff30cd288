# R's answers for what is measured repeatedly and for values kept as numbers: the visits of the first 80 patients of
# survival::pbcseq, and the ages of survival::lung. Run from this folder: Rscript courses.R
#                                                                            (R 4.2.2, survival 3.5-3, nlme 3.1-162)
library(survival)
library(nlme)
options(warn = -1)
number <- function(x) format(x, digits = 16, trim = TRUE)
save <- function(d, file) {
  d[sapply(d, is.double)] <- lapply(d[sapply(d, is.double)], number)
  write.csv(d, file, row.names = FALSE, quote = FALSE)
}

# Visits: id, day, bilirubin; each patient's last day and whether he died on it.
v <- subset(pbcseq, id <= 80 & day < futime)[, c("id", "day", "bili", "futime", "status")]
v$died <- as.integer(v$status == 2)
write.csv(v[, c("id", "day", "bili", "futime", "died")], "pbcseq_visits.csv", row.names = FALSE, quote = FALSE)

# A random intercept for each patient and a mean for each year of follow-up up to the fifth.
m <- subset(v, day < 5.5 * 365)
m$year <- factor(round(m$day / 365))
mixed <- function(y, name) {
  m$y <- y
  fit <- lme(y ~ 0 + year, random = ~ 1 | id, data = m, method = "REML", control = lmeControl(
    opt = "optim", msTol = 1e-14, reltol = 1e-15, tolerance = 1e-12, niterEM = 200, msMaxIter = 500))
  parts <- as.numeric(VarCorr(fit)[, "Variance"])
  data.frame(value = name, year = levels(m$year), mean = unname(fixef(fit)), std_err = unname(sqrt(diag(vcov(fit)))),
             between = parts[1], within = parts[2])
}
save(rbind(mixed(m$bili, "bili"), mixed(log(m$bili), "log bili")), "mixed_model.csv")

# The level of the last bilirubin known: a value holds after its day, up to and with the next visit or the end.
v <- v[order(v$id, v$day), ]
v$stop <- with(v, ave(day, id, FUN = function(d) c(d[-1], NA)))
last <- is.na(v$stop)
v$stop[last] <- v$futime[last]
v$event <- as.integer(last & v$died == 1)
v$level <- cut(v$bili, c(-Inf, 2, 6, Inf), c("< 2", "2 to < 6", ">= 6"), right = FALSE)
fit <- coxph(Surv(day, stop, event) ~ level, v, ties = "efron", control = coxph.control(eps = 1e-13, iter.max = 60))
save(data.frame(level = levels(v$level)[-1], coefficient = unname(coef(fit)), std_err = unname(sqrt(diag(vcov(fit)))),
                days = as.double(tapply(v$stop - v$day, v$level, sum))[-1],
                events = as.integer(tapply(v$event, v$level, sum))[-1]), "time_varying.csv")

# Age as it is, straight and bent: a restricted cubic spline with knots at the 10th, 50th and 90th percentile.
age <- lung$age
z <- (age - median(age)) / sd(age)
k <- quantile(z, c(0.1, 0.5, 0.9))
up <- function(t) pmax(z - t, 0)^3
bend <- (up(k[1]) - up(k[2]) * (k[3] - k[1]) / (k[3] - k[2]) + up(k[3]) * (k[2] - k[1]) / (k[3] - k[2])) / (k[3] - k[1])^2
tight <- coxph.control(eps = 1e-13, iter.max = 60)
straight <- coxph(Surv(time, status == 2) ~ z, lung, ties = "efron", control = tight)
bent <- coxph(Surv(time, status == 2) ~ z + bend, lung, ties = "efron", control = tight)
save(data.frame(coefficient = unname(coef(straight)), std_err = sqrt(straight$var[1, 1]),
                gain = 2 * (bent$loglik[2] - straight$loglik[2]), first = unname(coef(bent)[1]),
                second = unname(coef(bent)[2])), "hazard_by_value.csv")

# Log-rank scores: martingale residuals of the empty model.
save(data.frame(score = unname(residuals(coxph(Surv(time, status == 2) ~ 1, lung, ties = "breslow")))), "logrank_scores.csv")
