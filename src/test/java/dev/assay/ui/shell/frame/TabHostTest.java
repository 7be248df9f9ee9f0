package dev.assay.ui.shell.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chart.ChartTheme;
import dev.assay.ui.tabs.TabContent;
import dev.assay.ui.view.Look;
import dev.assay.ui.view.Stages;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class TabHostTest {

    private TabHost tabs;

    private static final class Page implements TabContent {

        private final String name;
        private final Label label;
        private final AtomicInteger closed = new AtomicInteger();

        Page(String name) {
            this.name = name;
            label = new Label(name);
        }

        @Override
        public String key() {
            return name;
        }

        @Override
        public ObservableStringValue title() {
            return new SimpleStringProperty(name);
        }

        @Override
        public String icon() {
            return "fth-box";
        }

        @Override
        public Node node() {
            return label;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Start
    void start(Stage stage) {
        tabs = new TabHost(new StackPane(), window -> {});
        Look.show(stage, tabs, 600, 400, ChartTheme.LIGHT);
    }

    private static void somePulses(FxRobot robot) {
        AtomicBoolean passed = new AtomicBoolean();
        robot.interact(() -> Stages.run(() -> {}, () -> {}, () -> {}, () -> passed.set(true)));
        Look.until(passed::get);
    }

    @Test
    void aTabThatIsClosedBeforeItsContentIsPutInIsNotHeardOfAgain(FxRobot robot) {
        Page page = new Page("first");
        robot.interact(() -> {
            tabs.show(page);
            assertThat(tabs.content("first")).contains(page);
            tabs.close("first");
        });
        somePulses(robot);
        assertThat(page.closed).hasValue(1);
        assertThat(page.label.getScene()).isNull();
    }

    @Test
    void tabsThatAreNotLookedAtComeBackAfterAllWasStyledAnew(FxRobot robot) {
        Page first = new Page("first");
        Page second = new Page("second");
        robot.interact(() -> tabs.show(first));
        Look.until(() -> first.label.getScene() != null);
        robot.interact(() -> tabs.show(second));
        Look.until(() -> second.label.getScene() != null);
        robot.interact(() -> tabs.restyle(() -> {
            assertThat(first.label.getScene()).isNull();
            assertThat(second.label.getScene()).isNotNull();
        }));
        Look.until(() -> first.label.getScene() != null);
        robot.interact(() -> tabs.restyle(() -> tabs.close("first")));
        somePulses(robot);
        assertThat(first.label.getScene()).isNull();
        assertThat(first.closed).hasValue(1);
    }
}
