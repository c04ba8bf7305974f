//! The edge: files in, files out.
