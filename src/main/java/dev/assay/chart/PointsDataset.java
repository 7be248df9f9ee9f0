package dev.assay.chart;

import java.util.List;
import org.jfree.data.DomainOrder;
import org.jfree.data.xy.AbstractXYDataset;

/** The points that are really drawn, as positions along the axes, each with its place in the result. */
final class PointsDataset extends AbstractXYDataset {

    private static final long serialVersionUID = 1L;

    private final transient List<Points> series;

    /**
     * The points of one series.
     *
     * @param name its name
     * @param index its place in the result
     * @param x positions along x
     * @param y positions along y; NaN breaks a line
     * @param low positions of lower ends, or null
     * @param high positions of upper ends, or null
     * @param item each point's place in the result's series
     */
    record Points(String name, int index, double[] x, double[] y, double[] low, double[] high, int[] item) {

        int size() {
            return x.length;
        }

        boolean isDrawn(int i) {
            return !Double.isNaN(x[i]) && !Double.isNaN(y[i]);
        }
    }

    PointsDataset(List<Points> series) {
        boolean any = series.stream().anyMatch(s -> java.util.stream.IntStream.range(0, s.size()).anyMatch(s::isDrawn));
        this.series = any ? List.copyOf(series) : List.of();
    }

    /**
     * What stands for a result that is painted as a whole: the library asks for every single point, and all it has to know
     * is whether there is something to draw.
     */
    static PointsDataset whole(String name, boolean any) {
        double at = any ? 0 : Double.NaN;
        return new PointsDataset(List.of(
                new Points(name, 0, new double[] {at}, new double[] {at}, null, null, new int[] {0})));
    }

    Points points(int index) {
        return series.get(index);
    }

    List<Points> all() {
        return series;
    }

    @Override
    public int getSeriesCount() {
        return series.size();
    }

    @Override
    public Comparable<?> getSeriesKey(int index) {
        return series.get(index).index();
    }

    @Override
    public int getItemCount(int index) {
        return series.get(index).size();
    }

    @Override
    public Number getX(int index, int item) {
        return getXValue(index, item);
    }

    @Override
    public Number getY(int index, int item) {
        return getYValue(index, item);
    }

    @Override
    public double getXValue(int index, int item) {
        return series.get(index).x()[item];
    }

    @Override
    public double getYValue(int index, int item) {
        return series.get(index).y()[item];
    }

    @Override
    public DomainOrder getDomainOrder() {
        return DomainOrder.NONE;
    }
}
