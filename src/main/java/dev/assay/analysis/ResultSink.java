package dev.assay.analysis;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Result;
import java.util.List;

/**
 * Where results go. A result streams: emitting one of the same kind and id as one before replaces it; tables and curves
 * can also grow in place. Whoever looks pulls snapshots at its own pace, so emitting is cheap and never waits for a
 * view. May be called from any thread.
 */
public interface ResultSink {

    /**
     * Says in which order results stand, whenever they come: those of other ids follow in the order of their coming. To be
     * called before the first of them. A sink that only passes results on may leave it out.
     *
     * @param ids of results of any kind
     */
    default void arrange(List<String> ids) {}

    /** Publishes a result, in place of the one of the same kind and id if there is one. */
    void emit(Result result);

    /**
     * Publishes an empty table that grows row by row.
     *
     * @param id lower_snake_case, unique among the tables of the run
     */
    Rows table(String id, String title, List<Column> columns);

    /** Publishes an empty curve that grows point by point. */
    Points curve(String id, String title, Axis x, Axis y);

    /** A growing table. */
    interface Rows {

        /**
         * Appends a row.
         *
         * @param cells one for each column: String, Long/Integer, Double/Float, Boolean as its type says; null for
         *     absent
         */
        void add(Object... cells);
    }

    /** A growing curve. */
    interface Points {

        /** Appends a point to the series of that name, which is created at its first point. */
        void add(String series, double x, double y);
    }
}
