package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import java.util.function.IntToDoubleFunction;

/**
 * Binary codes: the signs of real outputs, 0 counting as positive.
 *
 * @param words {@code [row][word]}
 * @param bits bits per code
 */
record HashCodes(long[][] words, int bits) {

    static HashCodes of(Vectors outputs) {
        long[][] words = new long[outputs.rows()][];
        for (int r = 0; r < words.length; r++) {
            int at = r * outputs.columns();
            words[r] = code(outputs.columns(), b -> outputs.values()[at + b]);
        }
        return new HashCodes(words, outputs.columns());
    }

    /** @param check called between batches, throws to stop */
    static HashCodes of(StoredRows outputs, Runnable check) throws AnalysisException {
        long[][] words = new long[outputs.rows()][];
        int n = outputs.columns();
        outputs.forEach(check, (first, count, values) -> {
            for (int r = 0; r < count; r++) {
                int at = r * n;
                words[first + r] = code(n, b -> values[at + b]);
            }
        });
        return new HashCodes(words, n);
    }

    private static long[] code(int bits, IntToDoubleFunction output) {
        long[] words = new long[(bits + Long.SIZE - 1) / Long.SIZE];
        for (int b = 0; b < bits; b++) {
            if (output.applyAsDouble(b) >= 0) {
                words[b / Long.SIZE] |= 1L << b;
            }
        }
        return words;
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
