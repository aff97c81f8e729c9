"""The Minerals tab: a day's checklist of magnesium and calcium beside its reference intakes."""
