package dev.assay.ui.view;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
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

    /** Whether to show these rows is no more than growth at the end. */
    boolean growsTo(int[] next) {
        return next.length >= rows.length && Arrays.equals(rows, 0, rows.length, next, 0, rows.length);
    }

    /** Shows these rows. */
    void show(int[] next) {
        int[] before = rows;
        boolean grows = growsTo(next);
        if (grows && next.length == before.length) {
            return;
        }
        beginChange();
        rows = next;
        if (grows) {
            nextAdd(before.length, next.length);
        } else {
            nextReplace(0, next.length, view(before));
        }
        endChange();
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

    /** Where rows are shown, ascending; those that are not shown are left out. */
    int[] positionsOf(Collection<Integer> wanted) {
        BitSet chosen = new BitSet();
        wanted.stream().filter(r -> r >= 0).forEach(chosen::set);
        return IntStream.range(0, rows.length).filter(i -> chosen.get(rows[i])).toArray();
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
