//! Quint modules that check the behaviour of workflows.
