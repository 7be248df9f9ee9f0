package dev.assay.analyses.snr;

/** How rows are laid out in the plane. */
public enum MapKind {
    /** The two principal components: linear, and the same at every run. */
    PCA,
    /** Uniform manifold approximation and projection, which keeps neighbours together. */
    UMAP
}
