package dev.assay.data.source;

/** In which order the values of an image lie. */
public enum ImageOrder {
    /** Not an image. */
    NONE,
    /** Channel by channel, each row by row (channels first). */
    CHW,
    /** Row by row, the channels of a pixel side by side (channels last). */
    HWC
}
