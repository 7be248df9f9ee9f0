package dev.assay.ui.view;

import java.util.stream.IntStream;
import javafx.collections.ObservableListBase;

/** The numbers from 0 to before a size, without holding them: the items of virtualised views. */
public final class IndexList extends ObservableListBase<Integer> {

    private int size;

    /** Changes the size. */
    public void setSize(int next) {
        int before = size;
        if (next == before) {
            return;
        }
        beginChange();
        size = next;
        if (next > before) {
            nextAdd(before, next);
        } else {
            nextRemove(next, IntStream.range(next, before).boxed().toList());
        }
        endChange();
    }

    @Override
    public Integer get(int index) {
        return index;
    }

    @Override
    public int size() {
        return size;
    }
}
