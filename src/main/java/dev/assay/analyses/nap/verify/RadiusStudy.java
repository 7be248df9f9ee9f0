package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.bound.Spool;
import dev.assay.analyses.nap.verify.search.Monitor;
import dev.assay.analyses.nap.verify.search.Verdict;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Exact;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The largest half-width that is verified around each reference, without a pattern and at each slack, by bisection. An
 * empty region does not count as verified; a ball around a reference that follows the pattern is never empty.
 */
final class RadiusStudy {

    private final Questions questions;
    private final Decider decider;
    private final VerifyParameters parameters;
    private final RunContext context;

    RadiusStudy(Questions questions, Decider decider, VerifyParameters parameters, RunContext context) {
        this.questions = questions;
        this.decider = decider;
        this.parameters = parameters;
        this.context = context;
    }

    /** Bisects for the references of the instances. */
    void run(List<Question> all) throws AnalysisException {
        Map<Long, Question> references = new LinkedHashMap<>();
        Set<String> slacks = new LinkedHashSet<>(List.of(""));
        for (Question q : all) {
            references.putIfAbsent(q.sample(), q);
            slacks.add(q.slack());
        }
        List<String> order = new ArrayList<>(slacks);
        // The regions shrink as slack grows; no pattern, the empty text, comes first.
        order.sort(Comparator.comparing(s -> s.isEmpty() ? Exact.parse("-1") : Exact.parse(s)));
        RunContext.Progress progress =
                context.phase("Largest radius", (long) references.size() * order.size(), "searches");
        ResultSink.Rows table = context.table(
                "radius",
                "Largest verified half-width",
                List.of(
                        Column.text("reference", "Reference"),
                        Column.text("slack", "Slack"),
                        Column.real("radius", "Largest verified ε", "")));
        ResultSink.Points curve = context.curve(
                "radius", "Largest verified half-width", Axis.of("Slack of the pattern", ""), Axis.of("ε", ""));
        for (Question q : references.values()) {
            double before = 0;
            for (String slack : order) {
                before = largest(q, slack, slack.isEmpty() ? 0 : before);
                table.add(q.reference(), slack, before);
                if (slack.isEmpty()) {
                    double last = order.stream()
                            .filter(s -> !s.isEmpty())
                            .mapToDouble(s -> Exact.parse(s).toDouble())
                            .max()
                            .orElse(1);
                    curve.add(q.reference() + " free", 0, before);
                    curve.add(q.reference() + " free", last, before);
                } else {
                    curve.add(q.reference(), Exact.parse(slack).toDouble(), before);
                }
                progress.advance(1);
            }
        }
    }

    /** What is verified at less slack, or at none, is verified here too: the region is smaller. */
    private double largest(Question q, String slack, double known) throws AnalysisException {
        int ofClass = questions.classNames().indexOf(q.targetClass());
        double low = known;
        double high = parameters.radiusMax();
        if (verified(q, slack, ofClass, high)) {
            return high;
        }
        while (high - low > parameters.radiusTolerance()) {
            double middle = (low + high) / 2;
            if (verified(q, slack, ofClass, middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean verified(Question q, String slack, int ofClass, double eps) throws AnalysisException {
        context.checkCancelled();
        double[] x = q.starts().getFirst();
        Question asked = new Question(
                q.query(),
                q.reference(),
                q.sample(),
                eps,
                slack,
                q.targetClass(),
                "",
                List.of(new Question.Part(questions.ball(x, eps), q.parts().getFirst().targets())),
                questions.signs(slack, ofClass),
                q.starts(),
                q.seconds());
        return decider.decide(0, asked, Spool.inHeap(), new Monitor() {
            @Override
            public void bounds(double lower, double upper) {
                context.checkCancelled();
            }

            @Override
            public void nodes(long open, long closed) {
                context.checkCancelled();
            }
        }).verdict() == Verdict.VERIFIED;
    }
}
