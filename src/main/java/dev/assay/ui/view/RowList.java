package dev.assay.ui.view;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import javafx.collections.ObservableListBase;

/** Row numbers in the order shown. Growing at the end keeps what a table view has selected and where it stands. */
final class RowList extends ObservableListBase<Integer> {

    private int[] rows = new int[0];

    @Override
    public Integer get(int index) {
        return rows[index];
    }

    @Override
    public int size() {
        return rows.length;
    }

    /** Shows these rows. Returns whether it was more than growth at the end. */
    boolean show(int[] next) {
        int[] before = rows;
        int common = Math.min(before.length, next.length);
        boolean grows = next.length >= before.length && Arrays.equals(before, 0, common, next, 0, common);
        if (grows && next.length == before.length) {
            return false;
        }
        beginChange();
        rows = next;
        if (grows) {
            nextAdd(before.length, next.length);
        } else {
            nextReplace(0, next.length, view(before));
        }
        endChange();
        return !grows;
    }

    /** The numbers as a list, made one by one when they are asked for: a million at once would hold the window up. */
    private static List<Integer> view(int[] numbers) {
        return new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return numbers[index];
            }

            @Override
            public int size() {
                return numbers.length;
            }
        };
    }

    /** Where a row is shown, or -1. */
    int positionOf(int row) {
        if (row >= 0 && row < rows.length && rows[row] == row) {
            return row;
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == row) {
                return i;
            }
        }
        return -1;
    }
}
