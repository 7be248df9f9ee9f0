package dev.assay.samples;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The typefaces whose digits are drawn, all of them under open licences, found by file name among the system's fonts. */
final class Typefaces {

    /** File name of each typeface and the Debian package that brings it. The order is part of the recipe. */
    private static final Map<String, String> PACKAGES = packages();

    private Typefaces() {}

    private static Map<String, String> packages() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("DejaVuSans.ttf", "fonts-dejavu-core");
        map.put("DejaVuSerif.ttf", "fonts-dejavu-core");
        map.put("LiberationSans-Regular.ttf", "fonts-liberation2");
        map.put("LiberationSerif-Italic.ttf", "fonts-liberation2");
        map.put("Lato-Regular.ttf", "fonts-lato");
        map.put("OpenSans-Semibold.ttf", "fonts-open-sans");
        map.put("Cantarell-Regular.otf", "fonts-cantarell");
        map.put("Comfortaa-Regular.ttf", "fonts-comfortaa");
        map.put("Breip.ttf", "fonts-breip");
        map.put("DancingScript-Regular.otf", "fonts-dancingscript");
        map.put("Courier Prime.otf", "fonts-courier-prime");
        map.put("Hack-Regular.ttf", "fonts-hack");
        return map;
    }

    /**
     * Loads every typeface at 100 points.
     *
     * @param folders where fonts lie, searched to any depth; a folder that is not there is passed over
     * @throws IOException when a typeface is missing (the message names the packages that bring it) or cannot be read
     */
    static List<Font> load(List<Path> folders) throws IOException {
        Map<String, Path> found = new LinkedHashMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted()
                            .filter(f -> PACKAGES.containsKey(f.getFileName().toString()))
                            .forEach(f -> found.putIfAbsent(f.getFileName().toString(), f));
                }
            }
        }
        TreeSet<String> missing = PACKAGES.entrySet().stream()
                .filter(e -> !found.containsKey(e.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            throw new IOException(
                    "typefaces are missing under " + folders + "; on Debian install them with: apt-get install "
                            + String.join(" ", missing));
        }
        List<Font> fonts = new ArrayList<>();
        for (String name : PACKAGES.keySet()) {
            try {
                fonts.add(Font.createFont(Font.TRUETYPE_FONT, found.get(name).toFile()).deriveFont(100f));
            } catch (FontFormatException e) {
                throw new IOException(found.get(name) + " is not a typeface that Java reads", e);
            }
        }
        return fonts;
    }
}
