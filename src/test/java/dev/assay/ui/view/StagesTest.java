package dev.assay.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chart.ChartTheme;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class StagesTest {

    private static final int LONG_MILLIS = 20;

    private final StackPane root = new StackPane();
    private Scene scene;

    @Start
    void start(Stage stage) {
        scene = Look.show(stage, root, 400, 600, ChartTheme.LIGHT);
    }

    /** A pane whose styling takes longer than what is done in one pulse. */
    private static List<Node> slow(int count, List<Integer> order) {
        return IntStream.range(0, count).mapToObj(i -> {
            Label label = new Label(String.valueOf(i));
            label.skinProperty().addListener((o, was, is) -> {
                order.add(i);
                long until = System.nanoTime() + LONG_MILLIS * 1_000_000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            });
            return (Node) label;
        }).toList();
    }

    @Test
    void childrenComeInTheirOrderAndNotAllInOnePulse(FxRobot robot) {
        List<Integer> order = new ArrayList<>();
        List<Node> children = slow(4, order);
        VBox pane = new VBox();
        List<Integer> atFirst = new ArrayList<>();
        robot.interact(() -> {
            Stages.fill(pane, children);
            root.getChildren().setAll(pane);
            atFirst.add(pane.getChildren().size());
            assertThat(Stages.isBuilding(scene)).isTrue();
        });
        Look.built(scene);
        assertThat(atFirst).containsExactly(0);
        assertThat(order).containsExactly(0, 1, 2, 3);
        assertThat(pane.getChildren()).isEqualTo(children);
    }

    @Test
    void aPaneThatLeavesTheWindowMeanwhileIsFilledAllTheSame(FxRobot robot) {
        List<Node> children = slow(3, new ArrayList<>());
        VBox pane = new VBox();
        robot.interact(() -> {
            Stages.fill(pane, children);
            root.getChildren().setAll(pane);
            root.getChildren().clear();
        });
        Look.built(scene);
        assertThat(pane.getChildren()).isEqualTo(children);
    }

    @Test
    void aLaterFillTakesThePlaceOfWhatHasNotCome(FxRobot robot) {
        List<Node> first = slow(3, new ArrayList<>());
        List<Node> second = slow(2, new ArrayList<>());
        Pane pane = new VBox();
        robot.interact(() -> {
            root.getChildren().setAll(pane);
            Stages.fill(pane, first);
            Stages.fill(pane, second);
        });
        Look.built(scene);
        assertThat(pane.getChildren()).isEqualTo(second);
    }

    @Test
    void aListGrowsToTheHeightOfItsPlace(FxRobot robot) {
        ListView<Integer> list = new ListView<>();
        IntStream.range(0, 1_000).forEach(list.getItems()::add);
        list.setFixedCellSize(20);
        robot.interact(() -> {
            Stages.grow(list, 20);
            assertThat(list.getMaxHeight()).isLessThan(200);
            root.getChildren().setAll(list);
        });
        Look.built(scene);
        Look.until(() -> list.getHeight() == root.getHeight());
        assertThat(list.getMaxHeight()).isEqualTo(Double.MAX_VALUE);
        assertThat(list.lookupAll(".list-cell").stream().filter(c -> ((Region) c).isVisible()).count())
                .isBetween(20L, 40L);
    }
}
