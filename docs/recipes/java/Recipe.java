// Sign in, send a referral, follow feed and inbox, check a delivery. Java 17: java Recipe.java
import java.net.URI;
import java.net.http.*;
import java.security.MessageDigest;
import java.time.*;
import java.util.*;
import java.util.regex.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import static java.nio.charset.StandardCharsets.UTF_8;

public class Recipe {
    static final String BASE = env("KIM_BASE_URL", "http://127.0.0.1:8003"), TOKEN_URL = env("KIM_TOKEN_URL", "http://127.0.0.1:8009/token");
    static final String CLIENT = env("KIM_CLIENT_ID", "waf-jobcenter-system"), SECRET = env("KIM_CLIENT_SECRET", "development-only-waf-jobcenter");
    static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static String token = "";

    @SuppressWarnings("unchecked")
    static List<Map<?, ?>> items(Map<?, ?> page) { return (List<Map<?, ?>>) page.get("items"); }
    static String env(String name, String usual) { return System.getenv().getOrDefault(name, usual); }
    /** A refusal (RFC 9457). Act on its code; the title is for people. */
    static class Problem extends Exception {
        final Map<?, ?> document;
        Problem(Map<?, ?> document) { super("" + document.get("code")); this.document = document; }
    }

    /** JSON as maps, lists and texts. In your project: Jackson or JSON-B. */
    static Map<?, ?> json(String text) {
        var tokens = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s\\[\\]{},:]+|[\\[\\]{},:]").matcher(text);
        return (Map<?, ?>) read(tokens.results().map(MatchResult::group).filter(one -> !one.matches("[,:]")).iterator());
    }

    static Object read(Iterator<String> tokens) {
        String one = tokens.next();
        var map = new LinkedHashMap<Object, Object>();
        var list = new ArrayList<Object>();
        if (one.equals("{")) for (Object key; !(key = read(tokens)).equals('}'); ) map.put(key, read(tokens));
        if (one.equals("[")) for (Object item; !Objects.equals(item = read(tokens), ']'); ) list.add(item);
        return one.equals("{") ? map : one.equals("[") ? list : one.matches("[}\\]]") ? one.charAt(0) : one.equals("null") ? null : one.replaceAll("^\"|\"$", "");
    }

    static void signIn() throws Exception {
        String pair = Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
        var asked = HttpRequest.newBuilder(URI.create(TOKEN_URL)).header("Authorization", "Basic " + pair)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")).build();
        token = "" + json(HTTP.send(asked, HttpResponse.BodyHandlers.ofString()).body()).get("access_token");
    }

    /** One request; again with the same key after 401, 429 and 503. */
    static Map<?, ?> call(String method, String path, String body, String key, Object version) throws Exception {
        for (int tries = 0; ; tries++) {
            var request = HttpRequest.newBuilder(URI.create(BASE + path)).timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token).header("Accept-Language", "de")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (!body.isEmpty()) request.header("Content-Type", "application/json");
            if (key != null) request.header("Idempotency-Key", key);
            if (version != null) request.header("If-Match", "\"" + version + "\"");
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            if (status < 400) return json(answer.body());
            if (tries < 4 && status == 401) signIn();
            else if (tries < 4 && (status == 429 || status == 503)) Thread.sleep(1000 * Long.parseLong(answer.headers().firstValue("Retry-After").orElse("2")));
            else throw new Problem(json(answer.body()));
        }
    }

    static String referral(String reference, String more) {
        return """
            {"mode": "ZUSTEUERUNG_IN", "serviceCode": "YOUTH_WELFARE", "topic": "FAMILY", "purpose": "YOUTH_WELFARE",
             "language": "tur", "recipientUnit": "waf-jugendamt", "subjectReference": "%s", "place": {"ags": "05570044"},
             "content": {"identity": {"familyName": "Şahin", "givenNames": "Yıldız"}, "languages": {"spoken": ["tur"]},
                         "need": {"summary": "Sucht einen Kitaplatz."}},
             "legalGround": {"consent": {"reference": "E-2026-17", "givenOn": "%s", "validTo": "%s",
                 "purpose": "YOUTH_WELFARE", "recipientUnit": "waf-jugendamt", "categories": ["identity", "languages", "need"]}},
             "submit": true%s}""".formatted(reference, LocalDate.now(), LocalDate.now().plusDays(30), more);
    }

    /** Whether a delivery is from KIM, fresh and new. The body: its bytes, before any parser. */
    static boolean isOurs(Map<String, String> headers, byte[] body, String secret, Set<String> taken) throws Exception {
        String id = headers.get("webhook-id"), stamp = headers.get("webhook-timestamp");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
        mac.update((id + "." + stamp + ".").getBytes(UTF_8));
        byte[] wanted = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(UTF_8);
        boolean isSigned = false;
        for (String one : headers.get("webhook-signature").split(" ")) isSigned |= MessageDigest.isEqual(wanted, one.getBytes(UTF_8));
        return isSigned && Math.abs(Instant.now().getEpochSecond() - Long.parseLong(stamp)) <= 300 && !taken.contains(id);
    }

    public static void main(String[] none) throws Exception {
        System.setOut(new java.io.PrintStream(System.out, true, UTF_8));
        signIn();
        String reference = "R-" + UUID.randomUUID(), key = UUID.randomUUID().toString(); // keep the key with your own record
        var sent = call("POST", "/v1/referrals", referral(reference, ""), key, null);
        System.out.println("sent " + sent.get("id") + " " + sent.get("state"));
        System.out.println("again " + call("POST", "/v1/referrals", referral(reference, ""), key, null).get("id"));
        try {
            call("POST", "/v1/referrals", referral(reference, ", \"surname\": \"Şahin\""), UUID.randomUUID().toString(), null);
        } catch (Problem problem) {
            System.out.println("problem " + problem.getMessage() + " " + ((Map<?, ?>) ((List<?>) problem.document.get("errors")).get(0)).get("pointer"));
        }
        String cursor = env("KIM_CURSOR", ""); // keep it with your own data
        for (Object more = ""; more != null; ) {
            var page = call("GET", "/v1/events?first=100" + (cursor.isEmpty() ? "" : "&after=" + cursor), "", null, null);
            for (var event : items(page)) System.out.println("event " + event.get("type") + " " + event.get("subject"));
            for (var event : items(page)) cursor = "" + event.get("cursor");
            more = page.get("nextCursor");
        }
        for (var one : items(call("GET", "/v1/inbox?state=SUBMITTED", "", null, null))) {
            var pulled = call("POST", "/v1/referrals/" + one.get("id") + "/actions/pull", "", "pull-" + one.get("id"), one.get("version"));
            System.out.println("pulled " + pulled.get("id") + " " + pulled.get("state"));
        }
        String[] delivery = env("KIM_DELIVERY", "").split("\n\n", 2);
        if (delivery.length < 2) return;
        var headers = new HashMap<String, String>();
        for (String line : delivery[0].split("\n")) headers.put(line.split(": ", 2)[0], line.split(": ", 2)[1]);
        System.out.println("delivery " + (isOurs(headers, delivery[1].getBytes(UTF_8), env("KIM_WEBHOOK_SECRET", ""), Set.of()) ? "ours" : "refused"));
    }
}
