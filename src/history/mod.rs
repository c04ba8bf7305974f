//! The graph of transactions: canonical order, dangling parents, forks.
