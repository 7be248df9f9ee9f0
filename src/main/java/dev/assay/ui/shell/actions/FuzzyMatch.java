package dev.assay.ui.shell.actions;

import java.util.Locale;

/** How well a text matches what was typed: the letters in order, the better the closer to word starts. */
final class FuzzyMatch {

    /** The score of a text that does not match. */
    static final int NONE = Integer.MIN_VALUE;

    private static final int WORD_START = 8;
    private static final int ADJACENT = 10;
    private static final int LETTER = 1;

    private FuzzyMatch() {}

    /**
     * Scores a text.
     *
     * @return the greater the better; {@link #NONE} when not all letters of the query occur in order
     */
    static int score(String query, String text) {
        String q = query.toLowerCase(Locale.ROOT).replace(" ", "");
        String t = text.toLowerCase(Locale.ROOT);
        if (q.isEmpty()) {
            return 0;
        }
        if (q.length() > t.length()) {
            return NONE;
        }
        // best[j]: the best score of the letters so far with the last one at j; adjacency needs the row before.
        int[] before = new int[t.length()];
        for (int i = 0; i < q.length(); i++) {
            int[] now = new int[t.length()];
            int reachable = i == 0 ? 0 : NONE;
            for (int j = 0; j < t.length(); j++) {
                now[j] = NONE;
                if (q.charAt(i) == t.charAt(j) && reachable != NONE) {
                    int adjacent = i > 0 && j > 0 && before[j - 1] != NONE ? before[j - 1] + ADJACENT : NONE;
                    now[j] = Math.max(reachable, adjacent) + LETTER + (wordStart(t, j) ? WORD_START : 0);
                }
                if (i > 0) {
                    reachable = Math.max(reachable, before[j]);
                }
            }
            before = now;
        }
        int best = NONE;
        for (int score : before) {
            best = Math.max(best, score);
        }
        // Of two texts that match alike the shorter one is meant.
        return best == NONE ? NONE : best * 100 - t.length();
    }

    private static boolean wordStart(String text, int index) {
        return index == 0 || !Character.isLetterOrDigit(text.charAt(index - 1));
    }
}
