package dev.assay.ui.tabs;

import dev.assay.analysis.*;
import dev.assay.chart.ChartTheme;
import dev.assay.data.*;
import dev.assay.data.idx.IdxKind;
import dev.assay.model.*;
import dev.assay.model.onnx.OnnxKind;
import java.nio.file.Path;
import java.util.*;
import javafx.application.Platform;
import javafx.scene.*;
import javafx.stage.Stage;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.*;

@ExtendWith(ApplicationExtension.class)
class Scratch {
    Stage stage;
    @Start void start(Stage s) { stage = s; }
    Scene scene;
    @Test void look(FxRobot robot) throws Exception {
        FakeWorkbench w = new FakeWorkbench();
        Model model = (Model) new OnnxKind().open(Location.of(Path.of("../shared/data/mnistfc/mnist-net_256x4.onnx")));
        Dataset data = (Dataset) new IdxKind().open(Location.of(Path.of("../shared/data/mnist/train-images-idx3-ubyte.gz")));
        TabContent[] t = new TabContent[1];
        robot.interact(() -> { t[0] = new ModelTab(w, model); scene = Look.show(stage, (Parent) t[0].node(), 1440, 900, ChartTheme.LIGHT); });
        Thread.sleep(3000);
        Look.picture(scene, "s-model");
        robot.interact(() -> { t[0].close(); t[0] = new DatasetTab(w, data); scene = Look.show(stage, (Parent) t[0].node(), 1440, 900, ChartTheme.LIGHT); });
        Thread.sleep(6000);
        Look.picture(scene, "s-data");
        robot.clickOn("#page-statistics");
        Look.picture(scene, "s-stat");
        robot.interact(() -> { t[0].close(); t[0] = new SampleTab(w, data, 5); w.theme.set(ChartTheme.DARK); scene = Look.show(stage, (Parent) t[0].node(), 1440, 900, ChartTheme.DARK); });
        Thread.sleep(3000);
        Look.picture(scene, "s-sample");
        System.out.println(w.problems);
    }
}
