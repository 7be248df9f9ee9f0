package dev.assay.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that the window says is written in its classes: it is in {@code texts.properties}, where it can be translated. */
class WindowTextsTest {

    private static final Path WINDOW = Path.of("src", "main", "java", "dev", "assay", "ui");

    /** A word with a capital, or two words, or a word that is continued by a value. */
    private static final Pattern ENGLISH =
            Pattern.compile("^[A-Z][a-z]+|[A-Za-z]{2,}[,:;]? [a-z]|[a-z]{2,}[,:]? $|^[,;:]? [a-z]{2,}");

    /** Names that are the same in every language, and keys of the keyboard. */
    private static final Pattern NAMES =
            Pattern.compile("(Assay|PyTorch|ONNX Runtime|Java|JavaFX|Exception) ?|(Shortcut|Ctrl|Shift)\\+.*");

    /** Classes whose words are not said in the window. */
    private static final Set<String> OTHER_WORDS = Set.of(
            "Operators.java", // operators as ONNX files name them
            "SampleTour.java", // printed on a terminal, as the command line does
            "LaunchOptions.java", // the command line
            "Times.java", // a format
            "WarmParts.java", // never shown
            "WarmUp.java", // never shown
            "HeapOption.java", // a file of the launcher
            "Memory.java", // a file of the system
            "ThemeManager.java"); // names of fonts

    private static final class Scan extends TreeScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        Scan(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        /** The compiler's, or the contract's. */
        @Override
        public Void visitAnnotation(AnnotationTree tree, Void nothing) {
            return null;
        }

        /** What is thrown for developers; an {@code AnalysisException} is for users. */
        @Override
        public Void visitThrow(ThrowTree tree, Void nothing) {
            String thrown = tree.getExpression().toString();
            return thrown.contains("AnalysisException(") || thrown.contains("InputException(")
                    ? super.visitThrow(tree, nothing)
                    : null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            boolean logged = call.getMethodSelect() instanceof MemberSelectTree method
                    && method.getExpression().toString().equals("LOG");
            return logged ? null : super.visitMethodInvocation(call, nothing);
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void nothing) {
            if (literal.getValue() instanceof String text
                    && ENGLISH.matcher(text).find()
                    && !NAMES.matcher(text).matches()) {
                long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, literal));
                found.add(Path.of(unit.getSourceFile().getName()).getFileName() + ":" + line + " " + literal);
            }
            return null;
        }
    }

    private static List<String> scan(Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> walk = Files.walk(folder)) {
            List<Path> files =
                    walk.filter(f -> f.toString().endsWith(".java"))
                            .filter(f -> !OTHER_WORDS.contains(f.getFileName().toString()))
                            .sorted()
                            .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Scan(unit, positions, found).scan(unit, null);
            }
        }
        return found;
    }

    @Test
    void nothingIsSaidInTheClasses() throws IOException {
        assertThat(scan(WINDOW)).as("texts that belong into texts.properties").isEmpty();
    }

    @Test
    void whatASentenceIsIsKnown(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("A.java"), """
                class A {
                    String a = "Open file";
                    String b = "run-button";
                    String c = n + " runs";
                    String d = "Saved " + n;
                    String e = "Close";
                    String f = "Shortcut+Shift+P";
                    void g() {
                        LOG.info("Something happened");
                        if (n > 0) {
                            throw new AnalysisException("it is cut short", "file", "");
                        }
                        throw new IllegalStateException("This is a fault");
                    }
                }
                """);
        assertThat(scan(folder)).extracting(f -> f.substring(0, f.indexOf(' '))).containsExactly(
                "A.java:2", "A.java:4", "A.java:5", "A.java:6", "A.java:11");
    }
}
