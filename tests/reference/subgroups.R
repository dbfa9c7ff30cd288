# R's answers for one comparison in subgroups: the hazard ratio in the patients of each level alone, and the test of the
# interaction, twice the rise of the log-likelihood, plain and penalised by the whole model's information.
# Run from this folder: Rscript subgroups.R     (R 4.2.2, survival 3.5-3)
library(survival)
options(warn = -1)

write <- function(frame, file) {
  numbers <- vapply(frame, is.numeric, TRUE)
  frame[numbers] <- lapply(frame[numbers], function(x) ifelse(is.na(x), "", sprintf("%.16g", x)))
  write.csv(frame, file, row.names = FALSE, quote = FALSE)
}
control <- coxph.control(eps = 1e-14, iter.max = 100, toler.chol = 1e-14)
v <- data.frame(day = veteran$time, event = veteran$status, arm = veteran$trt == 2, celltype = as.character(veteran$celltype),
                prior = as.character(veteran$prior), karno = as.character(cut(veteran$karno, c(0, 50, 70, 100), c("low", "mid", "high"))))
# Nobody of the second arm is left in one cell, so that the product of its level follows from the level.
one <- v[!(v$celltype == "large" & v$arm), ]

# The penalised likelihood comes from coxph alone, held at a coefficient; its maximum by Newton steps on differences.
penalised <- function(d, x, ties) function(b) {
  fit <- coxph(Surv(d$day, d$event) ~ x, ties = ties, init = b, control = coxph.control(iter.max = 0))
  list(value = as.numeric(fit$loglik[1] - determinant(fit$var)$modulus / 2), var = fit$var)
}
slope <- function(f, b, k, h = 2e-3) {
  at <- function(s) { b[k] <- b[k] + s * h; f(b)$value }
  (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
}
peak <- function(f, b, free) {
  for (i in 1:300) {
    g <- vapply(free, function(k) slope(f, b, k), 0)
    step <- solve(solve(f(b)$var)[free, free, drop = FALSE], g)
    b[free] <- b[free] + step * min(1, 2 / max(abs(step)))
    if (max(abs(step)) < 1e-10) break
  }
  f(b)$value
}
tested <- function(d, key, ties, dataset) {
  level <- factor(d[[key]]); main <- cbind(d$arm + 0, model.matrix(~ level)[, -1, drop = FALSE])
  product <- main[, -1, drop = FALSE] * d$arm
  less <- coxph(Surv(day, event) ~ main, d, ties = ties, control = control)
  more <- coxph(Surv(day, event) ~ main + product, d, ties = ties, control = control)
  kept <- !is.na(coef(more)); x <- cbind(main, product)[, kept]; held <- which(which(kept) > ncol(main))
  f <- penalised(d, x, ties); all <- seq_len(ncol(x))
  rise <- peak(f, rep(0, ncol(x)), all) - peak(f, rep(0, ncol(x)), setdiff(all, held))
  data.frame(dataset, factor = key, level = "", ties, df = length(held), coefficients = ncol(x), n = nrow(d),
             events = sum(d$event), hr = NA, lower = NA, upper = NA,
             plain = 2 * (more$loglik[2] - less$loglik[2]), firth = 2 * rise)
}
alone <- function(d, key, ties, dataset) do.call(rbind, lapply(sort(unique(d[[key]])), function(level) {
  own <- d[d[[key]] == level, ]
  fit <- coxph(Surv(day, event) ~ arm, own, ties = ties, control = control)
  limits <- exp(confint(fit))
  data.frame(dataset, factor = key, level, ties, df = NA, coefficients = NA, n = nrow(own), events = sum(own$event),
             hr = exp(coef(fit)), lower = limits[1], upper = limits[2], plain = NA, firth = NA)
}))
both <- NULL
for (ties in c("breslow", "efron")) {
  for (key in c("celltype", "prior", "karno")) both <- rbind(both, tested(v, key, ties, "veteran"), alone(v, key, ties, "veteran"))
  both <- rbind(both, tested(one, "celltype", ties, "one cell empty"))
}
write(both, "subgroups.csv")
