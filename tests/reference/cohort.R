# R's answers for the committed cohort: Kaplan-Meier at 2 years, log-rank test and univariate Cox model of both endpoints by
# every prognostic factor. The cohort's files are read and every level is derived here again, without the project's code.
# Run from the project's folder, with the fingerprint of the cohort: `make reference`. Writes data/paper/reference_cohort.csv.
#                                                                                             (R 4.2.2, survival 3.5-3)
library(survival)
options(warn = -1)
invisible(Sys.setlocale("LC_ALL", "C.UTF-8"))
fingerprint <- commandArgs(trailingOnly = TRUE)[1]
stopifnot(!is.na(fingerprint))

read <- function(name) read.csv(file.path("data", "cohort", name), na.strings = "", encoding = "UTF-8")
patients <- subset(read("patients.csv"), population == "Outcome")
measurements <- read("measurements.csv")
for (lab in c("ferritin", "kl6", "spd")) {
  first <- subset(measurements, variable == lab & day == 0)
  patients[[lab]] <- first$value[match(patients$patient, first$patient)]
}

# The reference level of each factor; a factor cut from a number lists its cuts and its levels.
as_read <- list(
  subtype = "PM", anti_mda5 = "Negative", anti_ars = "Negative", anti_jo1 = "Negative", sex = "Male",
  setting = "Outpatient", smoking = "No", dysphagia = "Absent", other_symptoms = "Absent", raynaud = "Absent",
  arthritis = "Absent", cardiopathy = "Absent", fever = "Absent", presentation = "Initial onset", ct_pattern = "NSIP",
  oxygen = "Absent", onset = "Acute/subacute")
from <- "\u2265 "
as_cut <- list(
  age_group = list("age", c(15, 30, 40, 50, 65), c("< 15 years", "15 to < 30 years", "30 to < 40 years",
    "40 to < 50 years", "50 to < 65 years", paste0(from, "65 years")), paste0(from, "65 years")),
  weight_group = list("weight", c(30, 50, 70), c("< 30 kg", "30 to < 50 kg", "50 to < 70 kg", paste0(from, "70 kg")),
    "30 to < 50 kg"),
  disease_duration_group = list("disease_duration", c(365, 1825), c("< 1 year", "1 to < 5 years", paste0(from, "5 years")),
    "< 1 year"),
  ip_duration_group = list("ip_duration", c(30, 91, 182, 365, 1095), c("< 1 month", "1 to < 3 months", "3 to < 6 months",
    "6 to < 12 months", "1 to < 3 years", paste0(from, "3 years")), "< 1 month"),
  sao2_group = list("sao2", c(85, 90, 95), c("< 85 %", "85 to < 90 %", "90 to < 95 %", paste0(from, "95 %")),
    paste0(from, "95 %")),
  ferritin_group = list("ferritin", c(500, 1500, 2500, 3500), c("< 500 ng/mL", "500 to < 1500 ng/mL",
    "1500 to < 2500 ng/mL", "2500 to < 3500 ng/mL", paste0(from, "3500 ng/mL")), "< 500 ng/mL"),
  kl6_group = list("kl6", 1000, c("< 1000 U/mL", paste0(from, "1000 U/mL")), "< 1000 U/mL"),
  spd_group = list("spd", 100, c("< 100 ng/mL", paste0(from, "100 ng/mL")), "< 100 ng/mL"))

levels_of <- function(name) {
  if (name %in% names(as_read)) return(relevel(factor(patients[[name]]), as_read[[name]]))
  how <- as_cut[[name]]
  relevel(droplevels(cut(patients[[how[[1]]]], c(-Inf, how[[2]], Inf), how[[3]], right = FALSE)), how[[4]])
}

first_of <- function(...) suppressWarnings(pmin(..., na.rm = TRUE))
event_days <- list(
  overall_survival = patients$death_day,
  progression_free = first_of(patients$progression_day, patients$death_day))

answers <- NULL
note <- function(endpoint, factor, level, statistic, value) {
  row <- data.frame(fingerprint, software = paste0("R ", getRversion(), ", survival ", packageVersion("survival")),
    endpoint, factor, level, statistic, value = ifelse(is.na(value), "", format(value, digits = 15, trim = TRUE)))
  answers <<- rbind(answers, row)
}

# Survival at day 730 with log-log limits, none of them where nobody was followed that long, unless all had the event.
two_years <- function(endpoint, factor, level, time, event) {
  fit <- survfit(Surv(time, event) ~ 1, conf.type = "log-log")
  known <- max(time) >= 730 || min(fit$surv) == 0
  at <- if (known) summary(fit, times = 730, extend = TRUE) else list(surv = NA, lower = NA, upper = NA)
  # A survival of 1 has no log-log limits. R says so once somebody has left the group, and 1 to 1 as long as nobody has.
  if (known && at$surv == 1) at$lower <- at$upper <- NA
  for (name in c("surv", "lower", "upper"))
    note(endpoint, factor, level, c(surv = "survival", lower = "survival_lower", upper = "survival_upper")[[name]], at[[name]])
}

control <- coxph.control(eps = 1e-13, iter.max = 60)
for (endpoint in names(event_days)) {
  had <- !is.na(event_days[[endpoint]])
  time <- ifelse(had, event_days[[endpoint]], patients$last_day)
  two_years(endpoint, "", "", time, had)
  for (name in c(names(as_read), names(as_cut))) {
    g <- levels_of(name)
    known <- !is.na(g)
    for (level in levels(g)) two_years(endpoint, name, level, time[known & g == level], had[known & g == level])
    test <- survdiff(Surv(time, had) ~ g)
    note(endpoint, name, "", "log_rank", test$chisq)
    note(endpoint, name, "", "p", pchisq(test$chisq, length(test$n) - 1, lower.tail = FALSE))
    happened <- tapply(had[known], g[known], sum)
    if (happened[[1]] == 0) next
    # A level without events has no finite ratio; taking it to its limit leaves its patients out of every risk set.
    some <- known & g %in% names(happened)[happened > 0]
    if (sum(happened > 0) < 2) next
    fit <- summary(coxph(Surv(time[some], had[some]) ~ droplevels(g[some]), ties = "breslow", control = control))
    for (i in seq_len(nrow(fit$conf.int))) {
      level <- levels(droplevels(g[some]))[i + 1]
      note(endpoint, name, level, "hazard_ratio", fit$conf.int[i, 1])
      note(endpoint, name, level, "lower", fit$conf.int[i, 3])
      note(endpoint, name, level, "upper", fit$conf.int[i, 4])
    }
  }
}
file <- file("data/paper/reference_cohort.csv", open = "w", encoding = "UTF-8")
write.csv(answers, file, row.names = FALSE, na = "")
close(file)
