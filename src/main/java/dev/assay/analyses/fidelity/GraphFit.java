package dev.assay.analyses.fidelity;

import dev.assay.analysis.Fit;
import dev.assay.analysis.Inputs;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnModel;
import java.util.Optional;

/** Whether a network and graphs belong together, by what is known without reading samples. */
final class GraphFit {

    private GraphFit() {}

    static Fit of(Inputs inputs) {
        Optional<GnnModel> model = inputs.find(RobustFidelity.MODEL, GnnModel.class);
        Optional<GraphDataset> data = inputs.find(RobustFidelity.GRAPHS, GraphDataset.class);
        if (model.isEmpty() || data.isEmpty()) {
            return Fit.yes();
        }
        GnnConfig config = model.get().config();
        if (config.task() != data.get().task()) {
            return Fit.no("The network classifies " + config.task() + "s, the data asks for the classes of "
                    + data.get().task() + "s.");
        }
        int width = switch (config.features().kind()) {
            case STORED -> data.get().featureWidth();
            case LABELS -> data.get().nodeLabels().size();
            case CONSTANT -> config.inputWidth();
        };
        return width == config.inputWidth()
                ? Fit.yes()
                : Fit.no("The network takes " + config.inputWidth() + " node features, the data has " + width + ".");
    }
}
