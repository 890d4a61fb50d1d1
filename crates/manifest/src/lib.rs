//! KubeVela manifests from text to the typed model, every problem reported at once.
