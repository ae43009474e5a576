# The rules with read.csv and vectors of base R.
#
# usage: Rscript base.R FOLDER DATA     (FOLDER: from prepare.py)
#
# Percentages become whole hundredths. Every number is a whole number below
# 2^53, which a double holds exactly.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]

known <- function(x) ifelse(is.na(x), 0, x)
source(file.path(folder, "rules.R"))

names <- read.csv(file.path(folder, "names.csv"), colClasses = "character")
long <- read.csv(arguments[2], encoding = "UTF-8", na.strings = "",
                 colClasses = c(rep("character", 5), "numeric"))

submission <- paste(long$unit, long$period, sep = ",")
submissions <- unique(submission)
wide <- matrix(NA_real_, length(submissions), nrow(names))
wide[cbind(match(submission, submissions),
           match(paste(long$form, long$code),
                 paste(names$form, names$code)))] <- long$value
v <- as.list(as.data.frame(wide))
names(v) <- names$name
for (percent in names$name[names$kind == "percent"])
    v[[percent]] <- round(v[[percent]] * 100)

for (rule in names(rules)) {
    failing <- which(rules[[rule]](v))
    if (length(failing) > 0)
        writeLines(paste(rule, submissions[failing], sep = ","))
}
