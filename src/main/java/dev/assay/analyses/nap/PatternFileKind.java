package dev.assay.analyses.nap;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Reads {@link PatternFile}s. */
public final class PatternFileKind implements InputKind {

    private static final int HEAD = 256;
    private static final long MOST_BYTES = 1L << 30;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    @Override
    public String id() {
        return "nap-patterns";
    }

    @Override
    public String title() {
        return "Activation patterns";
    }

    @Override
    public Class<? extends Input> type() {
        return PatternFile.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("nap", "json");
    }

    @Override
    public boolean recognises(Location location) {
        if (!Files.isRegularFile(location.path())) {
            return false;
        }
        try (InputStream in = Files.newInputStream(location.path())) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return head.contains("\"" + PatternFile.SCHEMA + "\"");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Input open(Location location) throws InputException {
        String where = location.fileName();
        PatternFile.Content content;
        try (InputStream in = Files.newInputStream(location.path())) {
            if (Files.size(location.path()) > MOST_BYTES) {
                throw new InputException("the file is larger than 1 GiB", where, "choose a pattern file");
            }
            content = JSON.readValue(in, PatternFile.Content.class);
        } catch (NoSuchFileException e) {
            throw new InputException("there is no such file", where, "check the path", e);
        } catch (JacksonException e) {
            throw new InputException(
                    "this is not a readable pattern file (" + e.getOriginalMessage() + ", line "
                            + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()) + ")",
                    where,
                    "mine the patterns again",
                    e);
        } catch (IOException e) {
            throw new InputException("the file cannot be read (" + e.getMessage() + ")", where, "check the file", e);
        }
        if (content == null || !PatternFile.SCHEMA.equals(content.schema())) {
            throw new InputException(
                    "the schema is " + (content == null ? null : content.schema()) + " instead of "
                            + PatternFile.SCHEMA,
                    where,
                    "choose a patterns.json that NAP mining wrote");
        }
        var problem = PatternFile.problem(content);
        if (problem.isPresent()) {
            throw new InputException(problem.get(), where, "mine the patterns again");
        }
        return new PatternFile(location, content);
    }
}
