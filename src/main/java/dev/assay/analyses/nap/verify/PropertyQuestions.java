package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.Decision;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.search.Target;
import dev.assay.analyses.nap.verify.vnnlib.Property;
import dev.assay.analysis.AnalysisException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Turns properties into instances; the network, its classes and patterns are those of {@link Questions}. */
final class PropertyQuestions {

    private final Questions questions;
    private final VerifyParameters parameters;
    private final Consumer<String> warn;

    PropertyQuestions(Questions questions, VerifyParameters parameters, Consumer<String> warn) {
        this.questions = questions;
        this.parameters = parameters;
        this.warn = warn;
    }

    /** The instances of a property. */
    List<Question> of(PropertyFile.Entry entry) throws AnalysisException {
        Property property = entry.property();
        if (property.inputs() != questions.net().inputs() || property.outputs() != questions.net().outputs()) {
            throw new AnalysisException(
                    "the property speaks of " + property.inputs() + " inputs and " + property.outputs()
                            + " outputs, the network has " + questions.net().inputs() + " and "
                            + questions.net().outputs(),
                    entry.name(),
                    "choose the network that it was written for");
        }
        refuseNumbers(entry);
        Map<List<Double>, Integer> places = new LinkedHashMap<>();
        List<Box> boxes = new ArrayList<>();
        List<List<Target>> targets = new ArrayList<>();
        int number = 0;
        for (Property.Case one : property.cases()) {
            number++;
            if (one.contradiction() >= 0) {
                warn.accept(entry.name() + ": the bounds of X_" + one.contradiction() + " in case " + number
                        + " contradict each other, so that case is empty.");
                continue;
            }
            if (one.rows().isEmpty()) {
                warn.accept(entry.name() + ": case " + number + " speaks of inputs only, so any input of it violates"
                        + " the property.");
            }
            List<Double> key = new ArrayList<>();
            Arrays.stream(one.low()).forEach(key::add);
            Arrays.stream(one.high()).forEach(key::add);
            Integer place = places.get(key);
            if (place == null) {
                place = boxes.size();
                places.put(key, place);
                boxes.add(new Box(one.low(), one.high()));
                targets.add(new ArrayList<>());
            }
            targets.get(place).add(target(one, number));
        }
        List<Question.Part> parts = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            parts.add(new Question.Part(boxes.get(i), targets.get(i)));
        }
        int c = winner(property);
        double seconds = Double.isNaN(entry.seconds())
                ? parameters.timeout()
                : Math.min(entry.seconds(), parameters.timeout());
        List<Question> all = new ArrayList<>();
        for (String slack : questions.slacks()) {
            if (!slack.isEmpty() && c < 0 && parameters.targetClass().isBlank()) {
                throw new AnalysisException(
                        "the property does not say which class's pattern is meant", entry.name(), "give targetClass");
            }
            int ofClass =
                    parameters.targetClass().isBlank() ? c : questions.classOf(parameters.targetClass(), "targetClass");
            List<double[]> centres = boxes.isEmpty() ? List.of() : List.of(centre(boxes.getFirst()));
            all.add(new Question(
                    "vnnlib",
                    entry.name(),
                    -1,
                    Double.NaN,
                    slack,
                    ofClass < 0 ? "" : questions.classNames().get(ofClass),
                    "",
                    parts,
                    questions.signs(slack, ofClass),
                    centres,
                    seconds));
        }
        return all;
    }

    /** The scores are those before a closing softmax, which keeps their order and nothing else. */
    private void refuseNumbers(PropertyFile.Entry entry) throws AnalysisException {
        String leftOut = questions.leftOut();
        boolean numbers = entry.property().cases().stream()
                .flatMap(c -> c.rows().stream())
                .anyMatch(r -> Arrays.stream(r.coefficients()).sum() != 0);
        if (!leftOut.isEmpty() && numbers) {
            throw new AnalysisException(
                    "the property compares outputs with numbers, and the network's closing " + leftOut
                            + " is left out of verification",
                    entry.name(),
                    "compare outputs with each other, or export the network without the " + leftOut
                            + " and give the numbers for its scores");
        }
    }

    private static double[] centre(Box box) {
        double[] x = new double[box.low().length];
        Arrays.setAll(x, box::middle);
        return x;
    }

    private Target target(Property.Case one, int number) {
        if (one.rows().isEmpty()) {
            return new Target("case " + number, Target.presence(questions.net().outputs()).rows());
        }
        List<Row> rows = one.rows().stream().map(r -> new Row(r.coefficients(), r.constant())).toList();
        String name = "case " + number;
        if (rows.size() == 1) {
            double[] c = rows.getFirst().coefficients();
            int minus = -1;
            int count = 0;
            for (int o = 0; o < c.length; o++) {
                count += c[o] != 0 ? 1 : 0;
                minus = c[o] == -1 ? o : minus;
            }
            name = count == 2 && minus >= 0 ? questions.classNames().get(minus) : name;
        }
        return new Target(name, rows);
    }

    /** The class that all rows compare the others with; -1 when there is none. */
    private int winner(Property property) {
        double sign = parameters.decision() == Decision.ARGMAX ? 1 : -1;
        int winner = -1;
        for (Property.Case one : property.cases()) {
            for (Property.Row row : one.rows()) {
                int c = -1;
                for (int o = 0; o < row.coefficients().length; o++) {
                    c = row.coefficients()[o] == sign ? o : c;
                }
                if (c < 0 || (winner >= 0 && winner != c)) {
                    return -1;
                }
                winner = c;
            }
        }
        return winner;
    }
}
