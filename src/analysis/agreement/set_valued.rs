//! Krippendorff's α for units with several categories: distances between sets.
