//! Holds the package together; everything is in the test target.
