package dev.assay.data.source;

/**
 * What a file may claim before it is believed. Everything is checked against these before memory is reserved.
 */
public final class Limits {

    /** Most values in one sample: a 4096x4096 colour image has 50 million. */
    public static final long SAMPLE_VALUES = 1L << 26;

    /** Most dimensions of an array. */
    public static final int RANK = 32;

    /** Labels and folders that are whole numbers below this are numbers of classes, larger ones names; most labels of a table. */
    public static final int CLASS_NUMBERS = 1 << 16;

    /** Most classes. */
    public static final int CLASSES = 1 << 20;

    /** Most bytes that a compressed file may unpack to. */
    public static final long UNPACKED_BYTES = 64L << 30;

    /**
     * Deflate cannot shrink data by more than 1032:1 (a match of 258 bytes takes at least two bits), so a compressed
     * file that claims more than this lies.
     */
    public static final long DEFLATE_RATIO = 1032;

    private Limits() {}
}
