package dev.assay.chart;

import java.awt.Dimension;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Writes a chart or another drawing as an SVG document: texts stay texts, pictures are embedded, the same chart gives the same document. */
final class SvgDocument {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final String FONTS = "Inter, 'Helvetica Neue', Arial, sans-serif";
    private static final int DECIMALS = 2;

    private SvgDocument() {}

    static String of(Chart chart) throws IOException {
        return of(new Drawing(
                chart.width(), chart.height(), chart.result().title(), chart.finding(), chart::drawOpaque));
    }

    static String of(Drawing drawing) throws IOException {
        Document document = empty();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(DECIMALS);
        context.setImageHandler(new EmbeddedImages());
        SVGGraphics2D g2 = new SVGGraphics2D(context, false);
        g2.setSVGCanvasSize(new Dimension(drawing.width(), drawing.height()));
        drawing.paint().accept(g2);

        Element root = g2.getRoot();
        root.setAttribute("viewBox", "0 0 " + drawing.width() + " " + drawing.height());
        root.setAttribute("role", "img");
        describe(document, root, "desc", drawing.description());
        describe(document, root, "title", drawing.title());
        nameFonts(root);
        keepToXml(root);
        StringWriter text = new StringWriter();
        try {
            Transformer writer = TransformerFactory.newInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            writer.transform(new DOMSource(root), new StreamResult(text));
        } catch (TransformerException e) {
            throw new IOException("the chart cannot be written as SVG", e);
        }
        return text.toString();
    }

    private static Document empty() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has no XML parser", e);
        }
    }

    private static void describe(Document document, Element root, String tag, String text) {
        Element element = document.createElementNS(SVG, tag);
        element.setTextContent(text);
        root.insertBefore(element, root.getFirstChild());
    }

    /** The shipped fonts are not on the machine of whoever looks at the file, so it names ones that are alike. */
    private static void nameFonts(Node node) {
        if (node instanceof Element element && element.hasAttribute("font-family")) {
            String family = element.getAttribute("font-family");
            if (family.contains("Assay")) {
                element.setAttribute("font-family", FONTS);
                if (family.contains("SemiBold")) {
                    element.setAttribute("font-weight", "600");
                }
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            nameFonts(child);
        }
    }

    /** Characters that XML has no place for, such as a control character in the name of a class, are shown as unknown. */
    private static void keepToXml(Node node) {
        if (node.getNodeType() == Node.TEXT_NODE) {
            String text = node.getNodeValue();
            int[] kept = text.codePoints().map(c -> isXml(c) ? c : 0xfffd).toArray();
            node.setNodeValue(new String(kept, 0, kept.length));
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            keepToXml(child);
        }
    }

    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd
                || c >= 0x10000;
    }

    /** Embeds pictures as PNG; cells of a matrix stay sharp when they are enlarged. */
    private static final class EmbeddedImages extends DefaultImageHandler {

        @Override
        protected void handleHREF(Image image, Element element, SVGGeneratorContext context) {
            BufferedImage copy = new BufferedImage(
                    image.getWidth(null), image.getHeight(null), BufferedImage.TYPE_INT_ARGB);
            var g2 = copy.createGraphics();
            g2.drawImage(image, 0, 0, null);
            g2.dispose();
            handleHREF((RenderedImage) copy, element, context);
        }

        @Override
        protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, "png", bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            element.setAttribute("style", "image-rendering:pixelated");
            element.setAttributeNS(
                    XLINK, "xlink:href",
                    "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray()));
        }
    }
}
