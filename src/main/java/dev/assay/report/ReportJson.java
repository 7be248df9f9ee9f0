package dev.assay.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.analysis.InputException;
import java.util.ArrayList;
import java.util.List;

/** Reports as text. A block of a kind that is not known, from a newer version, becomes a note that says so. */
public final class ReportJson {

    private static final String SCHEMA = "assay.report/1";

    private final ObjectMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The text of a report. */
    public String write(Report report) {
        ObjectNode node = mapper.createObjectNode();
        node.put("schema", SCHEMA);
        node.put("title", report.title());
        report.blocks().forEach(b -> node.withArray("blocks").addPOJO(b));
        return text(node);
    }

    /** The text of one block. */
    public String write(Block block) {
        return text(block);
    }

    private String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as text", e);
        }
    }

    /**
     * Reads what {@link #write(Report)} wrote.
     *
     * @param where named in the message of a problem
     * @throws InputException when it is damaged or of another schema
     */
    public Report read(String text, String where) throws InputException {
        try {
            JsonNode node = mapper.readTree(text);
            if (node == null || !SCHEMA.equals(node.path("schema").asText())) {
                throw new InputException(
                        "this is not a report that this version of Assay can read", where,
                        "open it with the version that made it");
            }
            List<Block> blocks = new ArrayList<>();
            for (JsonNode block : node.path("blocks")) {
                blocks.add(block(block));
            }
            return new Report(node.path("title").asText("Report"), blocks);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "the report is damaged (" + e.getOriginalMessage() + ")", where, "make it anew", e);
        }
    }

    private Block block(JsonNode node) {
        try {
            return mapper.treeToValue(node, Block.class);
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            return new Block.Note("*A block of the kind \u201c" + node.path("block").asText("unknown")
                    + "\u201d cannot be shown by this version of Assay.*");
        }
    }

    /** Reads one block; a note that says so when it is not known. */
    public Block readBlock(String text) {
        try {
            return block(mapper.readTree(text));
        } catch (JsonProcessingException e) {
            return new Block.Note("");
        }
    }
}
