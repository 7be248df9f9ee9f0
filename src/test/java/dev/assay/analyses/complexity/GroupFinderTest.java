package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analyses.complexity.FeatureGroups.NotAnalysed;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupFinderTest {

    @TempDir
    private Path folder;

    private FeatureGroups groups(OnnxGraphBuilder graph) throws Exception {
        try (OnnxModel model = Networks.open(graph, folder)) {
            return GroupFinder.find(model.graph().getGraph(), model.shapes());
        }
    }

    @Test
    void aPlainNetworkHasAGroupForEachHiddenLayer() throws Exception {
        FeatureGroups groups = groups(Networks.plain());

        assertThat(groups.groups()).extracting(Group::name).containsExactly("conv1", "fc1");
        assertThat(groups.groups()).extracting(Group::size).containsExactly(3, 5);
        assertThat(groups.groups().getFirst().tensors())
                .containsExactly(
                        "conv1.weight",
                        "conv1.bias",
                        "bn1.weight",
                        "bn1.bias",
                        "bn1.running_mean",
                        "bn1.running_var",
                        "fc1.weight");
        assertThat(groups.groups().getFirst().uses().getLast().span()).isEqualTo(4);
        assertThat(groups.notAnalysed())
                .containsExactly(new NotAnalysed("fc2.weight", "it is the network's output"));
    }

    @Test
    void aResidualStageIsOneGroup() throws Exception {
        FeatureGroups groups = groups(Networks.residual());

        assertThat(groups.groups()).extracting(Group::name).containsExactly("stem", "b1.conv1", "b2.conv1");
        assertThat(groups.groups().getFirst().tensors())
                .contains("b1.conv2.weight", "b2.conv2.weight", "b1.conv1.weight", "b2.conv1.weight", "fc.weight");
    }

    @Test
    void aDepthwiseConvolutionJoinsTheGroupOfItsInput() throws Exception {
        FeatureGroups groups = groups(Networks.depthwise());

        assertThat(groups.groups()).hasSize(1);
        assertThat(groups.groups().getFirst().tensors()).contains("depth.weight", "depth.bias", "point2.weight");
    }

    @Test
    void concatenatedGroupsStayApart() throws Exception {
        FeatureGroups groups = groups(Networks.concatenated());

        assertThat(groups.groups()).extracting(Group::name).containsExactly("a", "b", "c");
        assertThat(groups.groups().get(0).uses().getLast().offset()).isEqualTo(4);
        assertThat(groups.groups().get(1).uses().getLast().offset()).isZero();
    }

    @Test
    void aConvolutionInChannelGroupsIsNamed() throws Exception {
        FeatureGroups groups = groups(Networks.grouped());

        assertThat(groups.groups()).extracting(Group::name).containsExactly("fc1");
        assertThat(groups.notAnalysed())
                .filteredOn(n -> n.tensor().equals("first.weight"))
                .singleElement()
                .extracting(NotAnalysed::reason)
                .asString()
                .contains("2 channel groups");
    }

    @Test
    void anOperationWithoutRuleIsNamedAndTheRestIsAnalysed() throws Exception {
        FeatureGroups groups = groups(Networks.gated());

        assertThat(groups.groups()).extracting(Group::name).containsExactly("b");
        assertThat(groups.unhomogeneous()).contains("Tanh");
        assertThat(groups.notAnalysed())
                .filteredOn(n -> n.tensor().equals("a.weight"))
                .singleElement()
                .extracting(NotAnalysed::reason)
                .asString()
                .contains("Mul");
    }
}
