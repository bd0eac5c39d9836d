"""The nationalities: Destatis keys (Staatsangehörigkeitsschlüssel) with ISO 3166-1 alpha-3.

Keys and German names: Statistisches Bundesamt, Staats- und Gebietssystematik, code list
`urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsangehoerigkeit_2021-02-19`, as of
2021-02-19, without 910 (internal use of the office). Copying with naming of the source is allowed
by the office. ISO codes and English names: ISO 3166-1 and 3166-3 (withdrawn codes of former
states) by pycountry 26.2.16, and Unicode CLDR, both as of 2026-02.

A key without an ISO code has none in the standard: Kosovo, the substitutes, former borders of
Serbia and Sudan. The third column is the last day on which a former state existed: its key stays
acceptable, since papers still name it.
"""

from datetime import date
from typing import Final

from services.cases.domain.code_lists import Code, CodeList
from shared.kernel.text import Text

NATIONALITY_PATTERN: Final = r"^([0-9]{3}|[A-Z]{3})$"
VERSION: Final = "2021-02-19"

# key|ISO 3166-1 alpha-3|existed until|German|English
_TABLE: Final = """
000|DEU||Deutschland|Germany
120|YUG|1992-04-26|Jugoslawien|Yugoslavia
121|ALB||Albanien|Albania
122|BIH||Bosnien und Herzegowina|Bosnia and Herzegovina
123|AND||Andorra|Andorra
124|BEL||Belgien|Belgium
125|BGR||Bulgarien|Bulgaria
126|DNK||Dänemark|Denmark
127|EST||Estland|Estonia
128|FIN||Finnland|Finland
129|FRA||Frankreich|France
130|HRV||Kroatien|Croatia
131|SVN||Slowenien|Slovenia
132|SCG|2006-06-02|Serbien und Montenegro|Serbia and Montenegro
133||2008-02-16|Serbien (einschließlich Kosovo)|Serbia (including Kosovo)
134|GRC||Griechenland|Greece
135|IRL||Irland|Ireland
136|ISL||Island|Iceland
137|ITA||Italien|Italy
138|YUG|2003-02-04|Jugoslawien, Bundesrepublik|Yugoslavia, Federal Republic of
139|LVA||Lettland|Latvia
140|MNE||Montenegro|Montenegro
141|LIE||Liechtenstein|Liechtenstein
142|LTU||Litauen|Lithuania
143|LUX||Luxemburg|Luxembourg
144|MKD||Nordmazedonien|North Macedonia
145|MLT||Malta|Malta
146|MDA||Moldau|Moldova
147|MCO||Monaco|Monaco
148|NLD||Niederlande|Netherlands
149|NOR||Norwegen|Norway
150|||Kosovo|Kosovo
151|AUT||Österreich|Austria
152|POL||Polen|Poland
153|PRT||Portugal|Portugal
154|ROU||Rumänien|Romania
155|SVK||Slowakei|Slovakia
156|SMR||San Marino|San Marino
157|SWE||Schweden|Sweden
158|CHE||Schweiz|Switzerland
159|SUN|1991-12-25|Sowjetunion|Soviet Union
160|RUS||Russische Föderation|Russia
161|ESP||Spanien|Spain
162|CSK|1992-12-31|Tschechoslowakei|Czechoslovakia
163|TUR||Türkei|Türkiye
164|CZE||Tschechien|Czechia
165|HUN||Ungarn|Hungary
166|UKR||Ukraine|Ukraine
167|VAT||Vatikanstadt|Vatican City
168|GBR||Vereinigtes Königreich|United Kingdom
169|BLR||Weißrussland|Belarus
170|SRB||Serbien|Serbia
181|CYP||Zypern|Cyprus
185|||Britische Überseegebiete|British Overseas Territories
221|DZA||Algerien|Algeria
223|AGO||Angola|Angola
224|ERI||Eritrea|Eritrea
225|ETH||Äthiopien|Ethiopia
226|LSO||Lesotho|Lesotho
227|BWA||Botsuana|Botswana
229|BEN||Benin|Benin
230|DJI||Dschibuti|Djibouti
231|CIV||Côte d’Ivoire|Côte d’Ivoire
232|NGA||Nigeria|Nigeria
233|ZWE||Simbabwe|Zimbabwe
236|GAB||Gabun|Gabon
237|GMB||Gambia|Gambia
238|GHA||Ghana|Ghana
239|MRT||Mauretanien|Mauritania
242|CPV||Cabo Verde|Cabo Verde
243|KEN||Kenia|Kenya
244|COM||Komoren|Comoros
245|COG||Kongo|Congo
246|COD||Kongo, Demokratische Republik|Congo, Democratic Republic of the
247|LBR||Liberia|Liberia
248|LBY||Libyen|Libya
249|MDG||Madagaskar|Madagascar
251|MLI||Mali|Mali
252|MAR||Marokko|Morocco
253|MUS||Mauritius|Mauritius
254|MOZ||Mosambik|Mozambique
255|NER||Niger|Niger
256|MWI||Malawi|Malawi
257|ZMB||Sambia|Zambia
258|BFA||Burkina Faso|Burkina Faso
259|GNB||Guinea-Bissau|Guinea-Bissau
261|GIN||Guinea|Guinea
262|CMR||Kamerun|Cameroon
263|ZAF||Südafrika|South Africa
265|RWA||Ruanda|Rwanda
267|NAM||Namibia|Namibia
268|STP||São Tomé und Príncipe|São Tomé and Príncipe
269|SEN||Senegal|Senegal
271|SYC||Seychellen|Seychelles
272|SLE||Sierra Leone|Sierra Leone
273|SOM||Somalia|Somalia
274|GNQ||Äquatorialguinea|Equatorial Guinea
276||2011-07-08|Sudan (einschließlich Südsudan)|Sudan (including South Sudan)
277|SDN||Sudan|Sudan
278|SSD||Südsudan|South Sudan
281|SWZ||Eswatini|Eswatini
282|TZA||Tansania|Tanzania
283|TGO||Togo|Togo
284|TCD||Tschad|Chad
285|TUN||Tunesien|Tunisia
286|UGA||Uganda|Uganda
287|EGY||Ägypten|Egypt
289|CAF||Zentralafrikanische Republik|Central African Republic
291|BDI||Burundi|Burundi
320|ATG||Antigua und Barbuda|Antigua and Barbuda
322|BRB||Barbados|Barbados
323|ARG||Argentinien|Argentina
324|BHS||Bahamas|Bahamas
326|BOL||Bolivien|Bolivia
327|BRA||Brasilien|Brazil
328|GUY||Guyana|Guyana
330|BLZ||Belize|Belize
332|CHL||Chile|Chile
333|DMA||Dominica|Dominica
334|CRI||Costa Rica|Costa Rica
335|DOM||Dominikanische Republik|Dominican Republic
336|ECU||Ecuador|Ecuador
337|SLV||El Salvador|El Salvador
340|GRD||Grenada|Grenada
345|GTM||Guatemala|Guatemala
346|HTI||Haiti|Haiti
347|HND||Honduras|Honduras
348|CAN||Kanada|Canada
349|COL||Kolumbien|Colombia
351|CUB||Kuba|Cuba
353|MEX||Mexiko|Mexico
354|NIC||Nicaragua|Nicaragua
355|JAM||Jamaika|Jamaica
357|PAN||Panama|Panama
359|PRY||Paraguay|Paraguay
361|PER||Peru|Peru
364|SUR||Suriname|Suriname
365|URY||Uruguay|Uruguay
366|LCA||St. Lucia|St. Lucia
367|VEN||Venezuela|Venezuela
368|USA||Vereinigte Staaten|United States
369|VCT||St. Vincent und die Grenadinen|St. Vincent and the Grenadines
370|KNA||St. Kitts und Nevis|St. Kitts and Nevis
371|TTO||Trinidad und Tobago|Trinidad and Tobago
411|HKG||Hongkong|Hong Kong
412|MAC||Macau|Macao
421|YEM||Jemen|Yemen
422|ARM||Armenien|Armenia
423|AFG||Afghanistan|Afghanistan
424|BHR||Bahrain|Bahrain
425|AZE||Aserbaidschan|Azerbaijan
426|BTN||Bhutan|Bhutan
427|MMR||Myanmar|Myanmar
429|BRN||Brunei Darussalam|Brunei
430|GEO||Georgien|Georgia
431|LKA||Sri Lanka|Sri Lanka
432|VNM||Vietnam|Vietnam
434|PRK||Korea, Demokratische Volksrepublik|Korea, Democratic People’s Republic of
436|IND||Indien|India
437|IDN||Indonesien|Indonesia
438|IRQ||Irak|Iraq
439|IRN||Iran|Iran
441|ISR||Israel|Israel
442|JPN||Japan|Japan
444|KAZ||Kasachstan|Kazakhstan
445|JOR||Jordanien|Jordan
446|KHM||Kambodscha|Cambodia
447|QAT||Katar|Qatar
448|KWT||Kuwait|Kuwait
449|LAO||Laos|Laos
450|KGZ||Kirgisistan|Kyrgyzstan
451|LBN||Libanon|Lebanon
454|MDV||Malediven|Maldives
456|OMN||Oman|Oman
457|MNG||Mongolei|Mongolia
458|NPL||Nepal|Nepal
459|PSE||Palästinensische Gebiete|Palestinian Territories
460|BGD||Bangladesch|Bangladesh
461|PAK||Pakistan|Pakistan
462|PHL||Philippinen|Philippines
465|TWN||Taiwan|Taiwan
467|KOR||Korea, Republik|Korea, Republic of
469|ARE||Vereinigte Arabische Emirate|United Arab Emirates
470|TJK||Tadschikistan|Tajikistan
471|TKM||Turkmenistan|Turkmenistan
472|SAU||Saudi-Arabien|Saudi Arabia
474|SGP||Singapur|Singapore
475|SYR||Syrien|Syria
476|THA||Thailand|Thailand
477|UZB||Usbekistan|Uzbekistan
479|CHN||China|China
482|MYS||Malaysia|Malaysia
483|TLS||Timor-Leste|Timor-Leste
523|AUS||Australien|Australia
524|SLB||Salomonen|Solomon Islands
526|FJI||Fidschi|Fiji
530|KIR||Kiribati|Kiribati
531|NRU||Nauru|Nauru
532|VUT||Vanuatu|Vanuatu
536|NZL||Neuseeland|New Zealand
537|PLW||Palau|Palau
538|PNG||Papua-Neuguinea|Papua New Guinea
540|TUV||Tuvalu|Tuvalu
541|TON||Tonga|Tonga
543|WSM||Samoa|Samoa
544|MHL||Marshallinseln|Marshall Islands
545|FSM||Mikronesien|Micronesia
997|||staatenlos|stateless
998|||ungeklärt|unclear
999|||ohne Angabe|not given
"""
_ROWS: Final = tuple(line.split("|") for line in _TABLE.strip().splitlines())

NATIONALITIES: Final = CodeList(
    "nationality",
    VERSION,
    Text(de="Staatsangehörigkeiten (Destatis)", en="Nationalities (Destatis)"),
    tuple(
        Code(
            key,
            Text(de=de, en=en),
            valid_to=date.fromisoformat(until) if until else None,
            iso=iso or None,
        )
        for key, iso, until, de, en in _ROWS
    ),
)
# YUG stands for two former states: only the keys tell them apart.
_ISO: Final = [row[1] for row in _ROWS]
KEY_OF_ISO: Final = {iso: key for key, iso, *_ in _ROWS if iso and _ISO.count(iso) == 1}


def nationality_key(code: str) -> str:
    """The Destatis key of a key or of an ISO 3166-1 alpha-3 code.

    Raises ValueError for what is in neither list.
    """
    key = KEY_OF_ISO.get(code, code)
    if key not in NATIONALITIES:
        raise ValueError("This key is not in the code list nationality.")
    return key
