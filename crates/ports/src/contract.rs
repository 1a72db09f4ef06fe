//! Contract suites: each a function over any implementation of its port.
