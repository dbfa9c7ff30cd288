# R's answers for the engine: Kaplan-Meier details, reverse Kaplan-Meier, competing risks with ties, proportions, quantiles.
# Run from this folder: Rscript survival.R     (R 4.2.2, survival 3.5-3, cmprsk 2.2-11, prodlim 2019.11.13)
library(survival)
library(cmprsk)
library(prodlim)

write <- function(frame, file) {
  numbers <- vapply(frame, is.numeric, TRUE)
  frame[numbers] <- lapply(frame[numbers], function(x) ifelse(is.na(x), "", sprintf("%.16g", x)))
  write.csv(frame, file, row.names = FALSE, quote = FALSE)
}
labels <- function(fit) if (is.null(fit$strata)) rep("ALL", length(fit$time)) else
  rep(sub(".*=", "", names(fit$strata)), fit$strata)

# Competing risks, days with ties. mgus2: progression or death first, whichever comes; month is the unit, so ties abound.
m <- mgus2
m$day <- ifelse(m$pstat == 1, m$ptime, m$futime)
m$cause <- ifelse(m$pstat == 1, 1, 2 * m$death)
# lung: cause 2 instead of 1 for every death at an even age; days cut to weeks to make ties.
l <- lung
l$day <- ceiling(l$time / 7)
l$cause <- ifelse(l$status == 2, ifelse(l$age %% 2 == 0, 2, 1), 0)
write(rbind(data.frame(dataset = "mgus2", day = m$day, cause = m$cause, group = as.character(m$sex)),
            data.frame(dataset = "lung_weeks", day = l$day, cause = l$cause, group = as.character(l$sex))),
      "competing_risks.csv")

incidence <- function(frame, dataset, every) {
  fit <- function(type) survfit(Surv(day, factor(cause, 0:2)) ~ group, frame, conf.type = type)
  loglog <- fit("log-log"); log <- fit("log"); plain <- fit("plain")
  rows <- seq(1, length(loglog$time), by = every)
  do.call(rbind, lapply(1:2, function(j) data.frame(
    dataset, group = labels(loglog)[rows], cause = j, day = loglog$time[rows],
    incidence = loglog$pstate[rows, j + 1], event_free = loglog$pstate[rows, 1], std_err = loglog$std.err[rows, j + 1],
    lower_loglog = loglog$lower[rows, j + 1], upper_loglog = loglog$upper[rows, j + 1],
    lower_log = log$lower[rows, j + 1], upper_log = log$upper[rows, j + 1],
    lower_plain = plain$lower[rows, j + 1], upper_plain = plain$upper[rows, j + 1])))
}
m$group <- as.character(m$sex)
l$group <- as.character(l$sex)
write(rbind(incidence(m, "mgus2", 5), incidence(l, "lung_weeks", 1)), "cumulative_incidence.csv")

# cmprsk's variance (Aalen's) on the days of each cause.
aalen <- function(frame, dataset) {
  fit <- cuminc(frame$day, frame$cause, frame$group)
  curves <- fit[names(fit) != "Tests"]
  do.call(rbind, lapply(names(curves), function(name) {
    curve <- curves[[name]]
    last <- !duplicated(curve$time, fromLast = TRUE) & curve$time > 0
    data.frame(dataset, group = sub(" .*", "", name), cause = sub(".* ", "", name), day = curve$time[last],
               incidence = curve$est[last], variance = curve$var[last])
  }))
}
write(rbind(aalen(m, "mgus2"), aalen(l, "lung_weeks")), "cumulative_incidence_cmprsk.csv")

# Every step of every curve, in the three intervals.
tied <- data.frame(day = c(9, 3, 5, 3, 8, 5, 5, 12), event = c(0, 1, 1, 1, 1, 0, 1, 0))
steps <- function(frame, dataset) do.call(rbind, lapply(c("log-log", "log", "plain"), function(type) {
  fit <- survfit(Surv(day, event) ~ group, frame, conf.type = type)
  data.frame(dataset, group = labels(fit), interval = type, day = fit$time, n_risk = fit$n.risk, n_event = fit$n.event,
             n_censor = fit$n.censor, surv = fit$surv, std_err = fit$surv * fit$std.err, lower = fit$lower, upper = fit$upper)
}))
tied$group <- "ALL"
v <- data.frame(day = veteran$time, event = veteran$status, group = as.character(veteran$celltype))
write(rbind(steps(tied, "tied"), steps(v, "veteran")), "km_steps.csv")

# Restricted means of the whole curve's area, R's own standard error; Kaplan-Meier restricted at the last day of follow-up.
rmean <- function(frame, dataset, taus) do.call(rbind, lapply(taus, function(tau) {
  s <- summary(survfit(Surv(day, event) ~ group, frame), rmean = tau)$table
  if (is.null(dim(s))) s <- t(as.matrix(s))
  data.frame(dataset, group = if (nrow(s) == 1) "ALL" else sub(".*=", "", rownames(s)), tau,
             rmean = s[, "rmean"], se = s[, "se(rmean)"])
}))
write(rbind(rmean(tied, "tied", c(3, 5, 8, 12)), rmean(v, "veteran", c(30, 100, 180))), "rmean_survfit.csv")

# Median follow-up where deaths and censorings share a day: survfit keeps the dead at risk on that day, prodlim does not.
follow <- function(frame, dataset) {
  r <- quantile(survfit(Surv(day, 1 - event) ~ 1, frame, conf.type = "log-log"), c(0.25, 0.5, 0.75))
  p <- prodlim(Hist(day, event) ~ 1, frame, reverse = TRUE)
  seen <- p$n.lost > 0
  rbind(data.frame(dataset, ties = "R", kind = "quantile", at = c(0.25, 0.5, 0.75), value = r$quantile),
        data.frame(dataset, ties = "R", kind = "lower", at = c(0.25, 0.5, 0.75), value = r$lower),
        data.frame(dataset, ties = "R", kind = "upper", at = c(0.25, 0.5, 0.75), value = r$upper),
        data.frame(dataset, ties = "prodlim", kind = "curve", at = p$time[seen], value = p$surv[seen]))
}
death <- data.frame(day = mgus2$futime, event = mgus2$death)
write(rbind(follow(death, "mgus2"), follow(tied, "tied")), "follow_up.csv")

# Log-rank: several strata, rho, and levels that leave before the first event.
test <- function(dataset, name, s) data.frame(dataset, test = name, chisq = s$chisq, df = sum(rowSums(as.matrix(s$exp)) > 0) - 1,
                                              p = s$pvalue)
mg <- data.frame(day = mgus2$futime, event = mgus2$death, sex = mgus2$sex, old = as.integer(mgus2$age > 72), creat = mgus2$creat)
write(mg, "mgus2.csv")
write(rbind(test("mgus2", "rho=0", survdiff(Surv(day, event) ~ sex, mg)),
            test("mgus2", "rho=0.5", survdiff(Surv(day, event) ~ sex, mg, rho = 0.5)),
            test("mgus2", "strata old", survdiff(Surv(day, event) ~ sex + strata(old), mg)),
            test("mgus2", "strata old rho=1", survdiff(Surv(day, event) ~ sex + strata(old), mg, rho = 1)),
            test("tied", "early leaver", survdiff(Surv(c(tied$day, 1, 2), c(tied$event, 0, 0)) ~
                                                  c(1, 2, 1, 1, 2, 2, 1, 2, 3, 3)))), "survdiff.csv")

# Proportions.
pairs <- data.frame(x1 = c(56, 9, 6, 5, 0, 0, 10, 10, 16, 1), n1 = c(70, 10, 7, 56, 10, 10, 10, 10, 170, 61),
                    x0 = c(48, 3, 2, 0, 0, 0, 0, 0, 12, 0), n0 = c(80, 10, 7, 29, 20, 10, 20, 10, 169, 40))
wilson <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int
exact <- function(x, n) binom.test(x, n)$conf.int
write(do.call(rbind, lapply(seq_len(nrow(pairs)), function(i) with(pairs[i, ], {
  a <- wilson(x1, n1); b <- wilson(x0, n0); d <- x1 / n1 - x0 / n0
  data.frame(x1, n1, x0, n0, wilson_lower = a[1], wilson_upper = a[2], exact_lower = exact(x1, n1)[1],
             exact_upper = exact(x1, n1)[2], difference = d,
             newcombe_lower = d - sqrt((x1 / n1 - a[1])^2 + (b[2] - x0 / n0)^2),
             newcombe_upper = d + sqrt((a[2] - x1 / n1)^2 + (x0 / n0 - b[1])^2))
}))), "proportions.csv")

# Quantiles by definition 5 of SAS (type 2) and standard deviations.
x <- mgus2$creat[!is.na(mgus2$creat)]
write(data.frame(n = length(x), mean = mean(x), sd = sd(x), p = c(0, .05, .1, .25, .3, .5, .7, .75, .9, .95, 1),
                 quantile = as.numeric(quantile(x, c(0, .05, .1, .25, .3, .5, .7, .75, .9, .95, 1), type = 2))), "quantiles_type2.csv")

# p.adjust
p <- c(0.011, 0.02, 0.5, 0.04, 0.0004, 0.04, 0.9)
write(data.frame(p, bonferroni = p.adjust(p, "bonferroni"), holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH")), "p_adjust.csv")
