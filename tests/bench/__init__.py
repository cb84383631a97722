"""`make bench`: the product beside the yardstick of ../shared/bench, in one run, as ratios."""
