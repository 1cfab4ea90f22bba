import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of a Voicent gateway, written from the description of its protocol.
 *
 * usage: java Client GATEWAY LIST.csv
 */
public class Client {
    private final String url;

    Client(String url) {
        this.url = url;
    }

    /** Sends a request and reads the reply to its end; an error status throws. */
    private String send(String path, String kind, byte[] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        if (body != null) {
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", kind);
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String post(String path, String... fields) throws IOException {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(fields[i]).append('=').append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(path, "application/x-www-form-urlencoded", body.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private String upload(String path, Path file, String... fields) throws IOException {
        String boundary = "----ClientBoundary7MA4YWxkTrZu0gW";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            body.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n" + fields[i + 1] + "\r\n").getBytes());
        }
        body.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.getFileName()
                + "\"\r\nContent-Type: text/csv\r\n\r\n").getBytes());
        body.write(Files.readAllBytes(file));
        body.write(("\r\n--" + boundary + "--\r\n").getBytes());
        return send(path, "multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    /** Finds what stands behind a pattern in a reply. */
    private static String find(String pattern, String reply) {
        Matcher found = Pattern.compile(pattern).matcher(reply);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + reply);
        }
        return found.group(1);
    }

    private static String number(String key, String reply) {
        return find("\"" + key + "\": \"?([0-9A-Z]+)", reply);
    }

    private String status(String id) throws Exception {
        while (true) {
            String reply = post("/ocall/callstatusHandler.jsp", "reqid", id);
            for (String word : new String[] {"made", "failed", "retry"}) {
                if (reply.contains("^" + word + "^")) {
                    String[] fields = reply.split("\\^", -1);
                    return word + " " + fields[fields.length - 6];
                }
            }
            Thread.sleep(20);
        }
    }

    public static void main(String[] args) throws Exception {
        Client gateway = new Client(args[0]);
        String call = gateway.post("/ocall/callreqHandler.jsp", "info", "simple text call", "phoneno", "+1 (617) 555-0142",
                "firstocc", "10", "txt", "Hello & goodbye", "selfdelete", "0");
        System.out.println("call " + gateway.status(find("\\[ReqId=([0-9]+)\\]", call)));
        String later = gateway.post("/ocall/callreqHandler.jsp", "info", "later", "phoneno", "6175550143", "firstocc", "10",
                "txt", "Later", "selfdelete", "0", "schedule", "t", "calltime", "5");
        System.out.println("remove " + gateway.post("/ocall/callremoveHandler.jsp", "reqid", find("\\[ReqId=([0-9]+)\\]", later)));

        String page = "/ocall/campapi";
        String leads = number("leadsrc_id", gateway.upload(page, Path.of(args[1]), "action", "import", "importfile", "people.csv",
                "mod", "cus", "fieldsep", ",", "row1", "1", "mergeopt", "skip", "leadsrcname", "Java"));
        String run = gateway.post(page, "action", "bbp", "CAMP_NAME", "Test", "listname", "Java", "phonecols", "Phone", "lines", "4",
                "calldisps", "", "callerid", "1", "msgtype", "tts", "msginfo", "Hello");
        if (!number("status", run).equals("OK") || !number("leadsrc_id", run).equals(leads)) {
            throw new IllegalStateException(run);
        }
        String id = number("camp_id", run);
        String stats = "";
        do {
            Thread.sleep(20);
            stats = gateway.post(page, "action", "campstats", "camp_id", id);
        } while (!number("status", stats).equals("FINISHED"));
        System.out.println("campaign " + number("campsize", stats) + " " + number("made", stats) + " " + number("failed", stats)
                + " " + number("nophone", stats));
        String reply = gateway.post(page, "action", "exportcamp", "camp_id", id, "f", "webapps/ROOT/assets/global/java.csv", "extracols", "");
        String[] lines = gateway.send("/assets/global/java.csv", null, null).split("\r\n");
        String[] first = lines[1].split(",");
        System.out.println("export " + number("status", reply) + " " + (lines.length - 1) + " " + first[first.length - 1]);
    }
}
