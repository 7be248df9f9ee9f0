package dev.assay.analyses.nap.verify.proof;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Held;
import dev.assay.analyses.nap.verify.bound.Multipliers;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Reason;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.bound.Spool;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Proofs in a file: gzip over big-endian data. It holds the questions (boxes, signs, rows), and of the search only what
 * cannot be recomputed: slopes, multipliers, and the tree. Bounds themselves are not stored; the checker derives its
 * own.
 */
public final class ProofFile implements Input {

    /** How the files' names end. */
    public static final String ENDING = ".napproof.gz";

    private static final String MAGIC = "assay.napproof/2";
    private static final int MOST_VALUES = 1 << 27;
    private static final int DEEPEST = 5_000;

    private final Location location;
    private final String modelSha256;
    private final String question;
    private final List<Region> regions;
    private final Spool spool;

    private ProofFile(
            Location location, String modelSha256, String question, List<Region> regions, Spool spool) {
        this.spool = spool;
        this.location = location;
        this.modelSha256 = modelSha256;
        this.question = question;
        this.regions = regions;
    }

    /** A stage of bounds: the signs it clips with, and the slopes and multipliers of single units' bounds. */
    public record StoredStage(Signs signs, boolean backward, int prior, Reason[][] kept) {}

    /** A region with its proof. */
    public record Region(
            Box box,
            List<StoredStage> stages,
            List<RegionProof.TargetProof> targets,
            RegionProof.TargetProof vacancy) {}

    /** SHA-256 of the model that it is about. */
    public String modelSha256() {
        return modelSha256;
    }

    /** What it is about, for the user. */
    public String question() {
        return question;
    }

    /** The regions. */
    public List<Region> regions() {
        return regions;
    }

    /**
     * Writes a file.
     *
     * @param raw is closed
     */
    public static void write(OutputStream raw, String modelSha256, String question, List<RegionProof> proofs)
            throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new GZIPOutputStream(raw, 1 << 16), 1 << 16))) {
            out.writeUTF(MAGIC);
            out.writeUTF(modelSha256);
            out.writeUTF(question);
            out.writeInt(proofs.size());
            for (RegionProof proof : proofs) {
                region(out, proof);
            }
        }
    }

    private static void region(DataOutputStream out, RegionProof proof) throws IOException {
        Box box = proof.stages().getFirst().bounds().box();
        doubles(out, box.low());
        doubles(out, box.high());
        out.writeInt(proof.stages().size());
        for (RegionProof.Stage stage : proof.stages()) {
            stage(out, stage);
        }
        out.writeInt(proof.targets().size());
        for (RegionProof.TargetProof target : proof.targets()) {
            target(out, target);
        }
        out.writeBoolean(proof.vacancy() != null);
        if (proof.vacancy() != null) {
            target(out, proof.vacancy());
        }
    }

    private static void stage(DataOutputStream out, RegionProof.Stage stage) throws IOException {
        Bounds bounds = stage.bounds();
        Signs signs = bounds.signs();
        out.writeInt(signs.units());
        out.writeInt(signs.size());
        for (int j : signs.constrained()) {
            out.writeInt(j);
            out.writeByte(signs.sign(j));
            out.writeDouble(signs.margin(j));
        }
        out.writeBoolean(stage.backward());
        out.writeInt(stage.prior());
        for (int j = 0; j < signs.units(); j++) {
            for (int side = 0; side < 2; side++) {
                reason(out, bounds.traced(j, side));
            }
        }
    }

    private static void reason(DataOutputStream out, Reason reason) throws IOException {
        if (reason == null) {
            out.writeByte(0);
        } else if (reason.isSplit()) {
            out.writeByte(3);
            out.writeInt(reason.unit());
            reason(out, reason.inactive());
            reason(out, reason.active());
        } else if (reason.multipliers() == null) {
            out.writeByte(1);
        } else {
            out.writeByte(2);
            multipliers(out, reason.multipliers());
        }
    }

    private static void target(DataOutputStream out, RegionProof.TargetProof target) throws IOException {
        out.writeUTF(target.name());
        out.writeInt(target.rows().size());
        for (Row row : target.rows()) {
            doubles(out, row.coefficients());
            out.writeDouble(row.constant());
        }
        out.writeInt(target.stage());
        out.writeBoolean(target.intervals());
        out.writeBoolean(target.refined());
        step(out, target.tree());
    }

    private static void step(DataOutputStream out, Step step) throws IOException {
        switch (step) {
            case Step.Open o -> out.writeByte(0);
            case Step.Vacant v -> out.writeByte(1);
            case Step.Leaf leaf -> {
                out.writeByte(2);
                out.writeInt(leaf.row());
                multipliers(out, leaf.multipliers());
            }
            case Step.Infeasible i -> {
                out.writeByte(3);
                multipliers(out, i.multipliers());
            }
            case Step.SignSplit split -> {
                out.writeByte(4);
                out.writeInt(split.unit());
                step(out, split.inactive());
                step(out, split.active());
            }
            case Step.At at -> {
                out.writeByte(6);
                out.writeInt(at.stage());
                step(out, at.then());
            }
            case Step.Cut cut -> {
                out.writeByte(5);
                out.writeInt(cut.input());
                out.writeDouble(cut.at());
                step(out, cut.below());
                step(out, cut.above());
            }
        }
    }

    private static void doubles(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double v : values) {
            out.writeDouble(v);
        }
    }

    private static void multipliers(DataOutputStream out, Held held) throws IOException {
        Multipliers m = held == null ? null : held.get();
        values(out, m == null ? new int[0] : m.sloped(), m == null ? new float[0] : m.slopes());
        values(out, m == null ? new int[0] : m.signed(), m == null ? new float[0] : m.factors());
    }

    /** Units by their distance from the one before, which packs well, then the values. */
    private static void values(DataOutputStream out, int[] units, float[] values) throws IOException {
        out.writeInt(units.length);
        int before = 0;
        for (int unit : units) {
            out.writeInt(unit - before);
            before = unit;
        }
        for (float v : values) {
            out.writeFloat(v);
        }
    }

    /** Reads a file. */
    static ProofFile read(Location location) throws InputException {
        String where = location.fileName();
        Spool spool = new Spool(Path.of(System.getProperty("java.io.tmpdir")));
        boolean read = false;
        try (InputStream raw = Files.newInputStream(location.path());
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(new GZIPInputStream(raw)))) {
            if (!in.readUTF().equals(MAGIC)) {
                throw new InputException("this is not a proof file", where, "choose a file that verification wrote");
            }
            String sha = in.readUTF();
            String question = in.readUTF();
            int count = size(in.readInt());
            List<Region> regions = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                regions.add(region(in, spool));
            }
            read = true;
            return new ProofFile(location, sha, question, List.copyOf(regions), spool);
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException(
                    "the proof cannot be read (" + e.getMessage() + ")",
                    where,
                    "verify again, the file is missing or damaged",
                    e);
        } finally {
            if (!read) {
                spool.close();
            }
        }
    }

    private static int size(int n) throws IOException {
        if (n < 0 || n > MOST_VALUES) {
            throw new IOException("a count of " + n);
        }
        return n;
    }

    private static Region region(DataInputStream in, Spool spool) throws IOException {
        Box box = new Box(doubles(in), doubles(in));
        List<StoredStage> stages = new ArrayList<>();
        int count = size(in.readInt());
        for (int s = 0; s < count; s++) {
            stages.add(stage(in, spool));
        }
        List<RegionProof.TargetProof> targets = new ArrayList<>();
        int number = size(in.readInt());
        for (int t = 0; t < number; t++) {
            targets.add(target(in, spool));
        }
        return new Region(box, stages, targets, in.readBoolean() ? target(in, spool) : null);
    }

    private static StoredStage stage(DataInputStream in, Spool spool) throws IOException {
        int units = size(in.readInt());
        byte[] sign = new byte[units];
        double[] margin = new double[units];
        for (int i = 0, n = size(in.readInt()); i < n; i++) {
            int j = in.readInt();
            if (j < 0 || j >= units) {
                throw new IOException("a sign of unit " + j);
            }
            sign[j] = in.readByte();
            margin[j] = in.readDouble();
            if (Math.abs(sign[j]) > 1 || !(margin[j] >= 0)) {
                throw new IOException("a sign of " + sign[j] + " with margin " + margin[j]);
            }
        }
        boolean backward = in.readBoolean();
        int prior = in.readInt();
        Reason[][] kept = new Reason[units][2];
        for (int j = 0; j < units; j++) {
            kept[j][0] = reason(in, spool, 0);
            kept[j][1] = reason(in, spool, 0);
        }
        return new StoredStage(Signs.of(sign, margin), backward, prior, kept);
    }

    private static Reason reason(DataInputStream in, Spool spool, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("the tree of a unit is deeper than " + DEEPEST);
        }
        return switch (in.readByte()) {
            case 0 -> null;
            case 1 -> Reason.of(null);
            case 2 -> Reason.of(spool.keep(multipliers(in)));
            case 3 -> {
                int unit = in.readInt();
                if (unit < 0) {
                    throw new IOException("a split of unit " + unit);
                }
                yield new Reason(null, unit, reason(in, spool, depth + 1), reason(in, spool, depth + 1));
            }
            default -> throw new IOException("an unknown reason");
        };
    }

    private static RegionProof.TargetProof target(DataInputStream in, Spool spool) throws IOException {
        String name = in.readUTF();
        List<Row> rows = new ArrayList<>();
        int count = size(in.readInt());
        for (int r = 0; r < count; r++) {
            rows.add(new Row(doubles(in), in.readDouble()));
        }
        return new RegionProof.TargetProof(
                name, rows, in.readInt(), in.readBoolean(), in.readBoolean(), step(in, spool, 0));
    }

    private static Step step(DataInputStream in, Spool spool, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("the tree is deeper than " + DEEPEST);
        }
        return switch (in.readByte()) {
            case 0 -> new Step.Open();
            case 1 -> new Step.Vacant();
            case 2 -> new Step.Leaf(in.readInt(), spool.keep(multipliers(in)));
            case 3 -> new Step.Infeasible(spool.keep(multipliers(in)));
            case 4 -> new Step.SignSplit(in.readInt(), step(in, spool, depth + 1), step(in, spool, depth + 1));
            case 6 -> new Step.At(in.readInt(), step(in, spool, depth + 1));
            case 5 ->
                new Step.Cut(in.readInt(), in.readDouble(), step(in, spool, depth + 1), step(in, spool, depth + 1));
            default -> throw new IOException("an unknown step");
        };
    }

    private static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[size(in.readInt())];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static Multipliers multipliers(DataInputStream in) throws IOException {
        int[] sloped = units(in);
        float[] slopes = floats(in, sloped.length);
        int[] signed = units(in);
        return new Multipliers(sloped, slopes, signed, floats(in, signed.length));
    }

    private static int[] units(DataInputStream in) throws IOException {
        int[] units = new int[size(in.readInt())];
        int before = 0;
        for (int i = 0; i < units.length; i++) {
            before += in.readInt();
            units[i] = before;
            if (before < 0 || before > MOST_VALUES) {
                throw new IOException("a value of unit " + before);
            }
        }
        return units;
    }

    private static float[] floats(DataInputStream in, int n) throws IOException {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public String summary() {
        return regions.size() + (regions.size() == 1 ? " region" : " regions");
    }

    @Override
    public void close() {
        spool.close();
    }
}
