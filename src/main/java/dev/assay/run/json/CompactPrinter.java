package dev.assay.run.json;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

/** Objects on lines of their own, arrays on one line: readable, and not a line per number. */
final class CompactPrinter extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1L;

    CompactPrinter() {
        indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        indentArraysWith(NopIndenter.instance);
    }

    private CompactPrinter(CompactPrinter base) {
        super(base);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new CompactPrinter(this);
    }
}
