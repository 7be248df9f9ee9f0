package org.example.balance;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.data.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How evenly the classes of a dataset are represented: an analysis outside of Assay, dropped in as a jar. */
public final class ClassBalance implements Analysis<BalanceParameters> {

    private static final String DATA = "data";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                "class-balance",
                "Class balance",
                "Data",
                "How evenly are the classes represented?",
                "Shannon: A Mathematical Theory of Communication. Bell System Technical Journal 27, 1948",
                help());
    }

    private static String help() {
        try (InputStream in = ClassBalance.class.getResourceAsStream("class-balance.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(InputRole.required(DATA, "Data", Dataset.class, "Labelled samples."));
    }

    @Override
    public Class<BalanceParameters> parameters() {
        return BalanceParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        return inputs.find(DATA, Dataset.class)
                .filter(data -> !data.labelled())
                .map(data -> Fit.no(data.name() + " has no labels."))
                .orElse(Fit.yes());
    }

    @Override
    public void run(Inputs inputs, BalanceParameters parameters, RunContext context) throws AnalysisException {
        Dataset data = inputs.get(DATA, Dataset.class);
        if (!data.labelled()) {
            throw new AnalysisException("the samples have no labels", data.name(), "give the labels");
        }
        RunContext.Progress progress = context.phase("Counting", data.classes().size(), "classes");
        long[] counts = data.classCounts();
        double entropy = 0;
        List<Ranking.Entry> entries = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            context.checkCancelled();
            String name = data.classes().get(c);
            double share = (double) counts[c] / data.size();
            if (share > 0) {
                entropy -= share * Math.log(share);
            }
            if (share < parameters.smallest()) {
                context.warn("The class " + name + " has only " + counts[c] + " of " + data.size() + " samples.");
            }
            entries.add(new Ranking.Entry(name, share, Double.NaN, RefKind.ofClass().at(name)));
            progress.advance(1);
        }
        entries.sort(Comparator.comparingDouble(Ranking.Entry::score).reversed());
        double evenness = counts.length < 2 ? Double.NaN : entropy / Math.log(counts.length);
        context.emit(new Scalar("evenness", "Evenness", evenness, "", "of " + counts.length + " classes"));
        context.emit(new Ranking("shares", "Share of the samples by class", Axis.of("Share", "share"), entries));
    }
}
