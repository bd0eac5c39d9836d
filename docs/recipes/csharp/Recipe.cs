// Sign in, send a referral, follow feed and inbox, check a delivery. .NET 6 or newer; with mono:
// mcs -r:System.Net.Http,System.Runtime.Serialization,System.Xml,System.Xml.Linq Recipe.cs && mono Recipe.exe
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.Serialization.Json;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Xml;
using System.Xml.Linq;

/// <summary>A refusal (RFC 9457). Act on its code; the title is for people.</summary>
public class Problem : Exception
{
    public readonly XElement Document;
    public Problem(XElement document) : base((string)document.Element("code")) { Document = document; }
}

public static class Recipe
{
    static readonly string Base = Env("KIM_BASE_URL", "http://127.0.0.1:8003"), TokenUrl = Env("KIM_TOKEN_URL", "http://127.0.0.1:8009/token");
    static readonly string Client = Env("KIM_CLIENT_ID", "waf-jobcenter-system"), Secret = Env("KIM_CLIENT_SECRET", "development-only-waf-jobcenter");
    static readonly HttpClient Http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
    static string token = "";

    static string Env(string name, string usual) { return Environment.GetEnvironmentVariable(name) ?? usual; }

    /// <summary>JSON as elements, so that this file needs no package; in your project: System.Text.Json.</summary>
    static XElement Json(HttpResponseMessage answer)
    {
        return XElement.Load(JsonReaderWriterFactory.CreateJsonReader(answer.Content.ReadAsByteArrayAsync().Result, XmlDictionaryReaderQuotas.Max));
    }

    static void SignIn()
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string> { { "grant_type", "client_credentials" } });
        var request = new HttpRequestMessage(HttpMethod.Post, TokenUrl) { Content = form };
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes(Client + ":" + Secret));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);
        token = (string)Json(Http.SendAsync(request).Result.EnsureSuccessStatusCode()).Element("access_token");
    }

    /// <summary>One request; again, with the same key, after 401, 429 and 503.</summary>
    static XElement Call(string method, string path, string body = null, string key = null, string version = null)
    {
        for (var tries = 0; ; tries++)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), Base + path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Accept-Language", "de");
            if (key != null) request.Headers.Add("Idempotency-Key", key);
            if (version != null) request.Headers.TryAddWithoutValidation("If-Match", "\"" + version + "\"");
            if (body != null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            var answer = Http.SendAsync(request).Result;
            var status = (int)answer.StatusCode;
            if (status < 400) return Json(answer);
            if (tries < 4 && status == 401) SignIn();
            else if (tries < 4 && (status == 429 || status == 503)) Thread.Sleep(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(2));
            else throw new Problem(Json(answer));
        }
    }

    static string Referral(string reference, string more = "")
    {
        return (@"{'mode': 'ZUSTEUERUNG_IN', 'serviceCode': 'YOUTH_WELFARE', 'topic': 'FAMILY', 'purpose': 'YOUTH_WELFARE',
            'language': 'tur', 'recipientUnit': 'waf-jugendamt', 'subjectReference': 'REFERENCE', 'place': {'ags': '05570044'},
            'content': {'identity': {'familyName': 'Şahin', 'givenNames': 'Yıldız'}, 'languages': {'spoken': ['tur']},
                        'need': {'summary': 'Sucht einen Kitaplatz.'}},
            'legalGround': {'consent': {'reference': 'E-2026-17', 'givenOn': 'TODAY', 'validTo': 'END', 'purpose': 'YOUTH_WELFARE',
                'recipientUnit': 'waf-jugendamt', 'categories': ['identity', 'languages', 'need']}}, 'submit': true" + more + "}")
            .Replace("REFERENCE", reference).Replace("TODAY", DateTime.Today.ToString("yyyy-MM-dd"))
            .Replace("END", DateTime.Today.AddDays(30).ToString("yyyy-MM-dd")).Replace('\'', '"');
    }

    /// <summary>Whether a delivery is from KIM, fresh and new. The body: its bytes, before any parser.</summary>
    static bool IsOurs(IDictionary<string, string> headers, byte[] body, string secret, ISet<string> taken)
    {
        string id = headers["webhook-id"], stamp = headers["webhook-timestamp"];
        var key = new HMACSHA256(Convert.FromBase64String(secret.Replace("whsec_", "")));
        var wanted = "v1," + Convert.ToBase64String(key.ComputeHash(Encoding.UTF8.GetBytes(id + "." + stamp + ".").Concat(body).ToArray()));
        // Every character is compared, so that time tells nothing; .NET: CryptographicOperations.FixedTimeEquals.
        Func<string, bool> fits = given => given.Length == wanted.Length && given.Zip(wanted, (a, b) => a ^ b).Sum() == 0;
        var isSigned = headers["webhook-signature"].Split(' ').Count(fits) > 0;
        return isSigned && Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(stamp)) <= 300 && !taken.Contains(id);
    }

    public static void Main()
    {
        SignIn();
        string body = Referral("R-" + Guid.NewGuid()), key = Guid.NewGuid().ToString(); // keep the key with your own record
        var sent = Call("POST", "/v1/referrals", body, key);
        Console.WriteLine("sent {0} {1}", sent.Element("id").Value, sent.Element("state").Value);
        Console.WriteLine("again {0}", Call("POST", "/v1/referrals", body, key).Element("id").Value);
        try { Call("POST", "/v1/referrals", Referral("R-1", ", 'surname': 'Şahin'"), Guid.NewGuid().ToString()); }
        catch (Problem refusal) { Console.WriteLine("problem {0} {1}", refusal.Message, refusal.Document.Element("errors").Elements().First().Element("pointer").Value); }
        var cursor = Env("KIM_CURSOR", ""); // keep it with your own data
        for (var more = " "; more != ""; )
        {
            var page = Call("GET", "/v1/events?first=100" + (cursor == "" ? "" : "&after=" + cursor));
            foreach (var one in page.Element("items").Elements())
                Console.WriteLine("event {0} {1}", one.Element("type").Value, one.Element("subject").Value);
            cursor = page.Element("items").Elements().Select(one => one.Element("cursor").Value).LastOrDefault() ?? cursor;
            more = page.Element("nextCursor").Value;
        }
        foreach (var one in Call("GET", "/v1/inbox?state=SUBMITTED").Element("items").Elements())
        {
            var id = one.Element("id").Value;
            var pulled = Call("POST", "/v1/referrals/" + id + "/actions/pull", null, "pull-" + id, one.Element("version").Value);
            Console.WriteLine("pulled {0} {1}", pulled.Element("id").Value, pulled.Element("state").Value);
        }
        var delivery = Env("KIM_DELIVERY", "").Split(new[] { "\n\n" }, 2, StringSplitOptions.None);
        if (delivery.Length < 2) return;
        var headers = delivery[0].Split('\n').Select(line => line.Split(new[] { ": " }, 2, StringSplitOptions.None)).ToDictionary(p => p[0], p => p[1]);
        Console.WriteLine("delivery " + (IsOurs(headers, Encoding.UTF8.GetBytes(delivery[1]), Env("KIM_WEBHOOK_SECRET", ""), new HashSet<string>()) ? "ours" : "refused"));
    }
}
