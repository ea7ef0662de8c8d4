/**
 * The cities of the world. Names stand in the script their people write them in, because a check
 * that only lets `[A-Za-z ]` through is wrong about most of this list.
 */

export interface City {
  /** In its own script, in Unicode normalization form C. */
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  latitude: number;
  longitude: number;
  /** Other spellings. A name that is not plain ASCII always has an alias that is. */
  aliases?: string[];
}

/**
 * One city a line: `name | country | latitude | longitude | alias, alias`. No spelling is used
 * twice, so any of them finds one city; plain Washington is the one in Pennsylvania.
 */
const TABLE = `
Paris | FR | 48.86 | 2.35
London | GB | 51.51 | -0.13
Berlin | DE | 52.52 | 13.40
New York | US | 40.71 | -74.01 | New York City
東京 | JP | 35.68 | 139.69 | Tokyo

Amsterdam | NL | 52.37 | 4.90
's-Hertogenbosch | NL | 51.70 | 5.30 | Den Bosch
Bruxelles | BE | 50.85 | 4.35 | Brussels, Brussel
Luxembourg | LU | 49.61 | 6.13
Dublin | IE | 53.35 | -6.26
Edinburgh | GB | 55.95 | -3.19
Manchester | GB | 53.48 | -2.24
Stoke-on-Trent | GB | 53.00 | -2.18
Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch | GB | 53.22 | -4.20 | Llanfairpwll
Saint-Étienne | FR | 45.44 | 4.39 | Saint-Etienne
Marseille | FR | 43.30 | 5.37
Lyon | FR | 45.76 | 4.84
Aix-en-Provence | FR | 43.53 | 5.45
Y | FR | 49.80 | 2.99
Monaco | MC | 43.73 | 7.42
Madrid | ES | 40.42 | -3.70
Barcelona | ES | 41.39 | 2.17
A Coruña | ES | 43.37 | -8.40 | A Coruna, La Coruña
Lisboa | PT | 38.72 | -9.14 | Lisbon
Porto | PT | 41.15 | -8.61 | Oporto
Roma | IT | 41.90 | 12.50 | Rome
Milano | IT | 45.46 | 9.19 | Milan
L'Aquila | IT | 42.35 | 13.40
Napoli | IT | 40.85 | 14.27 | Naples
Valletta | MT | 35.90 | 14.51
Bern | CH | 46.95 | 7.45
Zürich | CH | 47.37 | 8.54 | Zurich
Genève | CH | 46.20 | 6.14 | Geneva
Wien | AT | 48.21 | 16.37 | Vienna
München | DE | 48.14 | 11.58 | Munich
Köln | DE | 50.94 | 6.96 | Cologne
Hamburg | DE | 53.55 | 9.99
Gießen | DE | 50.58 | 8.68 | Giessen
Halle (Saale) | DE | 51.48 | 11.97
Frankfurt am Main | DE | 50.11 | 8.68 | Frankfurt
København | DK | 55.68 | 12.57 | Copenhagen
Tórshavn | FO | 62.01 | -6.77 | Torshavn
Nuuk | GL | 64.18 | -51.72
Reykjavík | IS | 64.15 | -21.94 | Reykjavik
Oslo | NO | 59.91 | 10.75
Tromsø | NO | 69.65 | 18.96 | Tromso
Å | NO | 67.88 | 12.98 | Aa
Longyearbyen | SJ | 78.22 | 15.65
Stockholm | SE | 59.33 | 18.07
Malmö | SE | 55.60 | 13.00 | Malmo
Helsinki | FI | 60.17 | 24.94
Jyväskylä | FI | 62.24 | 25.75 | Jyvaskyla
Tallinn | EE | 59.44 | 24.75
Rīga | LV | 56.95 | 24.11 | Riga
Vilnius | LT | 54.69 | 25.28
Šiauliai | LT | 55.93 | 23.32 | Siauliai
Warszawa | PL | 52.23 | 21.01 | Warsaw
Kraków | PL | 50.06 | 19.94 | Cracow
Łódź | PL | 51.76 | 19.46 | Lodz
Praha | CZ | 50.08 | 14.44 | Prague
České Budějovice | CZ | 48.97 | 14.47 | Ceske Budejovice
Bratislava | SK | 48.15 | 17.11
Budapest | HU | 47.50 | 19.04
Hódmezővásárhely | HU | 46.42 | 20.32 | Hodmezovasarhely
București | RO | 44.43 | 26.10 | Bucharest
Timișoara | RO | 45.75 | 21.23 | Timisoara
Chișinău | MD | 47.01 | 28.86 | Chisinau
Ljubljana | SI | 46.06 | 14.51
Zagreb | HR | 45.81 | 15.98
Sarajevo | BA | 43.86 | 18.41
Tiranë | AL | 41.33 | 19.82 | Tirana
Београд | RS | 44.79 | 20.45 | Belgrade, Beograd
Скопје | MK | 42.00 | 21.43 | Skopje
София | BG | 42.70 | 23.32 | Sofia
Αθήνα | GR | 37.98 | 23.73 | Athens
Θεσσαλονίκη | GR | 40.64 | 22.94 | Thessaloniki
Λευκωσία | CY | 35.19 | 33.38 | Nicosia
Київ | UA | 50.45 | 30.52 | Kyiv, Kiev
Львів | UA | 49.84 | 24.03 | Lviv
Мінск | BY | 53.90 | 27.57 | Minsk
Москва | RU | 55.76 | 37.62 | Moscow
Санкт-Петербург | RU | 59.93 | 30.34 | Saint Petersburg
Йошкар-Ола | RU | 56.63 | 47.89 | Yoshkar-Ola
Владивосток | RU | 43.12 | 131.89 | Vladivostok
Якутск | RU | 62.03 | 129.73 | Yakutsk

İstanbul | TR | 41.01 | 28.98 | Istanbul
Ankara | TR | 39.93 | 32.86
Ağrı | TR | 39.72 | 43.05 | Agri
Şanlıurfa | TR | 37.16 | 38.79 | Urfa
თბილისი | GE | 41.72 | 44.79 | Tbilisi
ბათუმი | GE | 41.64 | 41.64 | Batumi
Երևան | AM | 40.18 | 44.51 | Yerevan
Գյումրի | AM | 40.79 | 43.85 | Gyumri
Bakı | AZ | 40.41 | 49.87 | Baku
ירושלים | IL | 31.77 | 35.21 | Jerusalem
תל אביב-יפו | IL | 32.09 | 34.78 | Tel Aviv
غزة | PS | 31.50 | 34.47 | Gaza
بيروت | LB | 33.89 | 35.50 | Beirut
دمشق | SY | 33.51 | 36.29 | Damascus
ܩܡܫܠܝ | SY | 37.05 | 41.23 | Qamishli
عمّان | JO | 31.95 | 35.93 | Amman
بغداد | IQ | 33.31 | 44.37 | Baghdad
هەولێر | IQ | 36.19 | 44.01 | Erbil
الرياض | SA | 24.71 | 46.68 | Riyadh
مكة المكرمة | SA | 21.39 | 39.86 | Mecca
الكويت | KW | 29.38 | 47.99 | Kuwait City
الدوحة | QA | 25.29 | 51.53 | Doha
المنامة | BH | 26.23 | 50.59 | Manama
أبو ظبي | AE | 24.45 | 54.38 | Abu Dhabi
دبي | AE | 25.20 | 55.27 | Dubai
مسقط | OM | 23.59 | 58.41 | Muscat
صنعاء | YE | 15.37 | 44.19 | Sanaa
تهران | IR | 35.69 | 51.39 | Tehran
اصفهان | IR | 32.65 | 51.67 | Isfahan
کابل | AF | 34.56 | 69.21 | Kabul

Астана | KZ | 51.17 | 71.43 | Astana
Алматы | KZ | 43.24 | 76.89 | Almaty
Бишкек | KG | 42.87 | 74.59 | Bishkek
Душанбе | TJ | 38.56 | 68.79 | Dushanbe
Toshkent | UZ | 41.30 | 69.24 | Tashkent
Aşgabat | TM | 37.96 | 58.33 | Ashgabat
کراچی | PK | 24.86 | 67.01 | Karachi
لاہور | PK | 31.55 | 74.34 | Lahore
दिल्ली | IN | 28.65 | 77.23 | Delhi
मुंबई | IN | 19.08 | 72.88 | Mumbai, Bombay
वाराणसी | IN | 25.32 | 82.97 | Varanasi
কলকাতা | IN | 22.57 | 88.36 | Kolkata, Calcutta
গুৱাহাটী | IN | 26.14 | 91.74 | Guwahati
சென்னை | IN | 13.08 | 80.27 | Chennai, Madras
மதுரை | IN | 9.93 | 78.12 | Madurai
హైదరాబాద్ | IN | 17.39 | 78.49 | Hyderabad
విశాఖపట్నం | IN | 17.69 | 83.22 | Visakhapatnam
ಬೆಂಗಳೂರು | IN | 12.97 | 77.59 | Bengaluru, Bangalore
ಮೈಸೂರು | IN | 12.30 | 76.64 | Mysuru, Mysore
തിരുവനന്തപുരം | IN | 8.52 | 76.94 | Thiruvananthapuram, Trivandrum
കൊച്ചി | IN | 9.93 | 76.27 | Kochi
અમદાવાદ | IN | 23.02 | 72.57 | Ahmedabad
સુરત | IN | 21.17 | 72.83 | Surat
ਅੰਮ੍ਰਿਤਸਰ | IN | 31.63 | 74.87 | Amritsar
ଭୁବନେଶ୍ୱର | IN | 20.30 | 85.82 | Bhubaneswar
ꯏꯝꯐꯥꯜ | IN | 24.82 | 93.94 | Imphal
ᱡᱟᱢᱥᱮᱫᱽᱯᱩᱨ | IN | 22.80 | 86.20 | Jamshedpur
काठमाडौँ | NP | 27.72 | 85.32 | Kathmandu
ཐིམ་ཕུ | BT | 27.47 | 89.64 | Thimphu
ঢাকা | BD | 23.81 | 90.41 | Dhaka
চট্টগ্রাম | BD | 22.36 | 91.78 | Chittagong, Chattogram
කොළඹ | LK | 6.93 | 79.86 | Colombo
මහනුවර | LK | 7.29 | 80.63 | Kandy
މާލެ | MV | 4.18 | 73.51 | Male, Malé

北京 | CN | 39.90 | 116.41 | Beijing, Peking
上海 | CN | 31.23 | 121.47 | Shanghai
广州 | CN | 23.13 | 113.26 | Guangzhou, Canton
Xi'an | CN | 34.34 | 108.94 | 西安
ལྷ་ས | CN | 29.65 | 91.14 | Lhasa
ئۈرۈمچى | CN | 43.83 | 87.62 | Urumqi, Ürümqi
ᠬᠥᠬᠡᠬᠣᠲᠠ | CN | 40.84 | 111.75 | Hohhot
香港 | HK | 22.32 | 114.17 | Hong Kong
澳門 | MO | 22.20 | 113.54 | Macau
臺北 | TW | 25.03 | 121.57 | Taipei, 台北
高雄 | TW | 22.63 | 120.30 | Kaohsiung
大阪 | JP | 34.69 | 135.50 | Osaka
京都 | JP | 35.01 | 135.77 | Kyoto
札幌 | JP | 43.06 | 141.35 | Sapporo
さいたま | JP | 35.86 | 139.65 | Saitama
ニセコ | JP | 42.80 | 140.69 | Niseko
서울 | KR | 37.57 | 126.98 | Seoul
부산 | KR | 35.18 | 129.08 | Busan
평양 | KP | 39.04 | 125.76 | Pyongyang
Улаанбаатар | MN | 47.89 | 106.91 | Ulaanbaatar
กรุงเทพมหานคร | TH | 13.76 | 100.50 | Bangkok
เชียงใหม่ | TH | 18.79 | 98.98 | Chiang Mai
ວຽງຈັນ | LA | 17.98 | 102.63 | Vientiane
ຫຼວງພະບາງ | LA | 19.89 | 102.13 | Luang Prabang
ភ្នំពេញ | KH | 11.56 | 104.92 | Phnom Penh
សៀមរាប | KH | 13.36 | 103.86 | Siem Reap
ရန်ကုန် | MM | 16.87 | 96.20 | Yangon, Rangoon
နေပြည်တော် | MM | 19.76 | 96.08 | Naypyidaw
Hà Nội | VN | 21.03 | 105.85 | Hanoi
Đà Nẵng | VN | 16.05 | 108.20 | Da Nang
Hồ Chí Minh | VN | 10.82 | 106.63 | Saigon
Kuala Lumpur | MY | 3.14 | 101.69
Singapore | SG | 1.35 | 103.82
Bandar Seri Begawan | BN | 4.90 | 114.94
Jakarta | ID | -6.21 | 106.85
ꦔꦪꦺꦴꦒꦾꦏꦂꦠ | ID | -7.80 | 110.37 | Yogyakarta
Denpasar | ID | -8.67 | 115.21
Dili | TL | -8.56 | 125.56
Manila | PH | 14.60 | 120.98
Parañaque | PH | 14.48 | 121.02 | Paranaque

القاهرة | EG | 30.04 | 31.24 | Cairo
الإسكندرية | EG | 31.20 | 29.92 | Alexandria
طرابلس | LY | 32.89 | 13.19 | Tripoli
تونس | TN | 36.81 | 10.18 | Tunis
الجزائر | DZ | 36.75 | 3.06 | Algiers
ⵜⵉⵣⵉ ⵡⴻⵣⵣⵓ | DZ | 36.71 | 4.05 | Tizi Ouzou
الدار البيضاء | MA | 33.57 | -7.59 | Casablanca
مراكش | MA | 31.63 | -7.99 | Marrakesh
الخرطوم | SD | 15.50 | 32.56 | Khartoum
Juba | SS | 4.86 | 31.57
አዲስ አበባ | ET | 9.03 | 38.74 | Addis Ababa
ጎንደር | ET | 12.60 | 37.47 | Gondar
አስመራ | ER | 15.32 | 38.93 | Asmara
Djibouti | DJ | 11.59 | 43.15
Muqdisho | SO | 2.04 | 45.34 | Mogadishu
Nairobi | KE | -1.29 | 36.82
Kampala | UG | 0.35 | 32.58
Kigali | RW | -1.94 | 30.06
Dodoma | TZ | -6.16 | 35.75
Dar es Salaam | TZ | -6.79 | 39.21
Nouakchott | MR | 18.08 | -15.98
Dakar | SN | 14.72 | -17.47
Thiès | SN | 14.79 | -16.93 | Thies
Bamako | ML | 12.64 | -8.00
Tombouctou | ML | 16.77 | -3.01 | Timbuktu
Ouagadougou | BF | 12.37 | -1.52
ߞߊ߲ߞߊ߲ | GN | 10.39 | -9.31 | Kankan
𞤂𞤢𞤦𞤫 | GN | 11.32 | -12.29 | Labe, Labé
Freetown | SL | 8.48 | -13.23
Monrovia | LR | 6.30 | -10.80
Yamoussoukro | CI | 6.83 | -5.29
Accra | GH | 5.60 | -0.19
Lomé | TG | 6.13 | 1.22 | Lome
Porto-Novo | BJ | 6.50 | 2.63
Lagos | NG | 6.52 | 3.38
Ọ̀yọ́ | NG | 7.85 | 3.93 | Oyo
N'Djamena | TD | 12.13 | 15.06
Yaoundé | CM | 3.85 | 11.50 | Yaounde
Libreville | GA | 0.42 | 9.47
São Tomé | ST | 0.34 | 6.73 | Sao Tome
Kinshasa | CD | -4.44 | 15.27
Luanda | AO | -8.84 | 13.23
Lusaka | ZM | -15.39 | 28.32
Harare | ZW | -17.83 | 31.05
Maputo | MZ | -25.97 | 32.57
Windhoek | NA | -22.56 | 17.07
Gaborone | BW | -24.63 | 25.92
Cape Town | ZA | -33.92 | 18.42 | Kaapstad
Johannesburg | ZA | -26.20 | 28.05
Antananarivo | MG | -18.88 | 47.51
Saint-Denis | RE | -20.88 | 55.45
Port Louis | MU | -20.16 | 57.50

Washington | US | 40.17 | -80.25
Washington, D.C. | US | 38.91 | -77.04 | Washington DC
Los Angeles | US | 34.05 | -118.24
Chicago | US | 41.88 | -87.63
Winston-Salem | US | 36.10 | -80.24
Coeur d'Alene | US | 47.68 | -116.78
Cañon City | US | 38.44 | -105.24 | Canon City
Truth or Consequences | US | 33.13 | -107.25
ᏓᎵᏆ | US | 35.92 | -94.97 | Tahlequah
Utqiaġvik | US | 71.29 | -156.79 | Barrow
Honolulu | US | 21.31 | -157.86
St. John's | CA | 47.56 | -52.71
Québec | CA | 46.81 | -71.21 | Quebec City
Montréal | CA | 45.50 | -73.57 | Montreal
Trois-Rivières | CA | 46.34 | -72.54 | Trois-Rivieres
Toronto | CA | 43.65 | -79.38
Sault Ste. Marie | CA | 46.52 | -84.35
100 Mile House | CA | 51.64 | -121.30
Vancouver | CA | 49.28 | -123.12
ᐃᖃᓗᐃᑦ | CA | 63.75 | -68.52 | Iqaluit
Ciudad de México | MX | 19.43 | -99.13 | Mexico City
Oaxaca de Juárez | MX | 17.07 | -96.73 | Oaxaca
Guatemala | GT | 14.63 | -90.51 | Guatemala City
Tegucigalpa | HN | 14.07 | -87.19
San Salvador | SV | 13.69 | -89.22
Managua | NI | 12.11 | -86.24
San José | CR | 9.93 | -84.08 | San Jose
Panamá | PA | 8.98 | -79.52 | Panama City
La Habana | CU | 23.11 | -82.37 | Havana
Port-au-Prince | HT | 18.54 | -72.34
Santo Domingo | DO | 18.49 | -69.93
Kingston | JM | 17.97 | -76.79
Port of Spain | TT | 10.65 | -61.51
Bogotá | CO | 4.71 | -74.07 | Bogota
Caracas | VE | 10.48 | -66.90
Georgetown | GY | 6.80 | -58.16
Paramaribo | SR | 5.85 | -55.20
Quito | EC | -0.18 | -78.47
Lima | PE | -12.05 | -77.04
Cusco | PE | -13.53 | -71.97
La Paz | BO | -16.49 | -68.12
Brasília | BR | -15.79 | -47.88 | Brasilia
São Paulo | BR | -23.55 | -46.63 | Sao Paulo
Florianópolis | BR | -27.60 | -48.55 | Florianopolis
Asunción | PY | -25.26 | -57.58 | Asuncion
Montevideo | UY | -34.90 | -56.16
Buenos Aires | AR | -34.60 | -58.38
Ushuaia | AR | -54.80 | -68.30
Viña del Mar | CL | -33.02 | -71.55 | Vina del Mar
Santiago | CL | -33.45 | -70.67

Canberra | AU | -35.28 | 149.13
Sydney | AU | -33.87 | 151.21
Melbourne | AU | -37.81 | 144.96
Perth | AU | -31.95 | 115.86
Auckland | NZ | -36.85 | 174.76 | Tāmaki Makaurau
Wellington | NZ | -41.29 | 174.78
Port Moresby | PG | -9.44 | 147.18
Honiara | SB | -9.43 | 159.96
Port Vila | VU | -17.73 | 168.32
Nouméa | NC | -22.28 | 166.46 | Noumea
Suva | FJ | -18.14 | 178.44
Apia | WS | -13.83 | -171.77
Nukuʻalofa | TO | -21.14 | -175.20 | Nukualofa
Papeʻete | PF | -17.54 | -149.57 | Papeete
Majuro | MH | 7.09 | 171.38
Villa Las Estrellas | AQ | -62.20 | -58.96
McMurdo Station | AQ | -77.85 | 166.67 | McMurdo
`;

export const cities: readonly City[] = TABLE.trim().split(/\n+/).map(parseCity);

function parseCity(line: string): City {
  const [name = '', country = '', latitude, longitude, aliases] = line.split(' | ');
  return {
    name,
    country,
    latitude: Number(latitude),
    longitude: Number(longitude),
    ...(aliases === undefined ? {} : { aliases: aliases.split(', ') }),
  };
}
