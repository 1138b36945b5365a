//! The areas of clinic work: a folder per area, a file per verb.
