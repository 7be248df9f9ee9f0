package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chart.ChartTheme;
import dev.assay.report.Block;
import dev.assay.run.RunView;
import dev.assay.ui.Strip;
import dev.assay.ui.view.Look;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Parent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class CompareTabTest {

    private static final CompareTab.Handler NOBODY = new CompareTab.Handler() {
        @Override
        public void export(List<RunView> runs) {}

        @Override
        public void report(List<RunView> runs) {}

        @Override
        public void add(Block block) {}
    };

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final AtomicInteger asked = new AtomicInteger();
    private CompareTab tab;

    private RunView broken(String id) {
        return (RunView) Proxy.newProxyInstance(
                RunView.class.getClassLoader(), new Class<?>[] {RunView.class}, (self, method, args) -> {
                    // What the window's list knows of a run; the rest is read.
                    if (method.getName().equals("id") || method.getName().equals("name")) {
                        return id;
                    }
                    asked.incrementAndGet();
                    throw new IllegalStateException("the workspace is gone");
                });
    }

    @Start
    void start(Stage stage) {
        tab = new CompareTab(workbench, List.of(broken("a"), broken("b")), NOBODY);
        Look.show(stage, (Parent) tab.node(), 900, 600, ChartTheme.LIGHT);
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(tab::close);
    }

    private boolean saysSo() {
        return tab.node().lookupAll(".strip").stream()
                .anyMatch(s -> ((Strip) s).getText().contains("workspace is gone"));
    }

    @Test
    void runsThatCannotBeReadAreAProblemOfTheTabWhichCanBeTriedAgain(FxRobot robot) {
        Look.until(this::saysSo);
        int before = asked.get();
        robot.clickOn(".strip-button");
        Look.until(() -> asked.get() > before && saysSo());
        assertThat(workbench.problems).isEmpty();
    }
}
