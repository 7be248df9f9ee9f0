package dev.assay.analyses.snr;

/**
 * Binary codes: the signs of real outputs, 0 counting as positive.
 *
 * @param words {@code [row][word]}
 * @param bits bits per code
 */
record HashCodes(long[][] words, int bits) {

    static HashCodes of(Vectors outputs) {
        int n = outputs.columns();
        long[][] words = new long[outputs.rows()][(n + Long.SIZE - 1) / Long.SIZE];
        for (int r = 0; r < words.length; r++) {
            for (int b = 0; b < n; b++) {
                if (outputs.values()[r * n + b] >= 0) {
                    words[r][b / Long.SIZE] |= 1L << b;
                }
            }
        }
        return new HashCodes(words, n);
    }

    int hamming(int row, HashCodes others, int other) {
        int count = 0;
        for (int w = 0; w < words[row].length; w++) {
            count += Long.bitCount(words[row][w] ^ others.words[other][w]);
        }
        return count;
    }

    /** A code as plus and minus signs. */
    String text(int row) {
        StringBuilder text = new StringBuilder(bits);
        for (int b = 0; b < bits; b++) {
            text.append((words[row][b / Long.SIZE] >>> b & 1) == 1 ? '+' : '-');
        }
        return text.toString();
    }
}
