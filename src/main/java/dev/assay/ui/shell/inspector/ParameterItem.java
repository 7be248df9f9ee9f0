package dev.assay.ui.shell.inspector;

import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterProblem;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.controlsfx.control.PropertySheet;

/** A parameter as the property sheet sees it; its value is the text as the user wrote it. */
final class ParameterItem implements PropertySheet.Item {

    private final ParameterDescriptor descriptor;
    private final StringProperty text;

    ParameterItem(ParameterDescriptor descriptor) {
        this.descriptor = descriptor;
        this.text = new SimpleStringProperty(descriptor.defaultText());
    }

    ParameterDescriptor descriptor() {
        return descriptor;
    }

    StringProperty text() {
        return text;
    }

    /** What is wrong with the text; empty for nothing. */
    String check() {
        return descriptor.check(text.get()).map(ParameterProblem::message).orElse("");
    }

    @Override
    public Class<?> getType() {
        return String.class;
    }

    @Override
    public String getCategory() {
        return descriptor.annotation().advanced() ? Texts.of("parameters.advanced") : Texts.of("parameters.common");
    }

    @Override
    public String getName() {
        String unit = descriptor.annotation().unit();
        return unit.isEmpty() ? descriptor.label() : descriptor.label() + " (" + unit + ")";
    }

    @Override
    public String getDescription() {
        String range = descriptor.range();
        String byDefault = descriptor.defaultText();
        List<String> lines = new ArrayList<>(List.of(descriptor.help()));
        if (!range.isEmpty()) {
            lines.add(Texts.of("parameters.range", range));
        }
        lines.add(Texts.of(
                "parameters.default", byDefault.isEmpty() ? Texts.of("parameters.default.empty") : byDefault));
        lines.add(Texts.of("parameters.command", descriptor.name(), byDefault));
        return String.join("\n", lines);
    }

    @Override
    public Object getValue() {
        return text.get();
    }

    @Override
    public void setValue(Object value) {
        text.set(String.valueOf(value));
    }

    @Override
    public Optional<ObservableValue<? extends Object>> getObservableValue() {
        return Optional.of(text);
    }
}
