package dev.assay.analyses.nap.verify.proof;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import java.util.List;

/** Reads {@link ProofFile}s. */
public final class ProofFileKind implements InputKind {

    @Override
    public String id() {
        return "nap-proof";
    }

    @Override
    public String title() {
        return "Verification proof";
    }

    @Override
    public Class<? extends Input> type() {
        return ProofFile.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("gz");
    }

    @Override
    public boolean recognises(Location location) {
        return location.fileName().endsWith(ProofFile.ENDING);
    }

    @Override
    public Input open(Location location) throws InputException {
        return ProofFile.read(location);
    }
}
