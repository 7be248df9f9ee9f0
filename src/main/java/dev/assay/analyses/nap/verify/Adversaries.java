package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.search.Outcome;
import dev.assay.analyses.nap.verify.search.Settings;
import dev.assay.analyses.nap.verify.search.Engine;
import dev.assay.analyses.nap.verify.search.Monitor;
import dev.assay.analyses.nap.verify.search.Target;
import dev.assay.analyses.nap.verify.search.Verifier;
import java.util.ArrayList;
import java.util.List;

/** Inputs of a region, pattern or not, that come nearest to each rival. */
final class Adversaries {

    private Adversaries() {}

    /** The points of least margin that the falsifier finds, one for each rival, in the region without its pattern. */
    static List<double[]> of(Propagation propagation, Question q, int restarts, long seed) {
        List<double[]> found = new ArrayList<>();
        Signs none = Signs.none(propagation.net().units());
        Settings settings = new Settings(Engine.CROWN, q.seconds(), restarts, 100, seed);
        Monitor silent = new Monitor() {
            @Override
            public void bounds(double lower, double upper) {
                propagation.check();
            }

            @Override
            public void nodes(long open, long closed) {
                propagation.check();
            }
        };
        for (Question.Part part : q.parts()) {
            for (Target target : part.targets()) {
                Outcome outcome = Verifier.decide(
                        propagation, part.box(), none, List.of(target), q.starts(), settings, silent);
                outcome.targets().stream()
                        .filter(t -> t.witness() != null)
                        .forEach(t -> found.add(t.witness().x()));
            }
        }
        return found;
    }
}
