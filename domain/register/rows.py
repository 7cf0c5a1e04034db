"""Every authority with children's services since 2009, one a line: the facts behind `domain.register.register`.

`URN | LA number | GSS code | region | name | other names`. Sources: Ofsted's provider pages for the URN, the DfE's
three-digit LA numbers, the ONS code history for GSS codes; rulebook R-070 for formation and abolition. Names are the
ONS's; other names are those Ofsted, the DfE and the authorities use themselves."""

CURRENT = """
80486|301|E09000002|GL|Barking and Dagenham
80487|302|E09000003|GL|Barnet
80426|370|E08000038|YH|Barnsley
80427|800|E06000022|SW|Bath and North East Somerset|Bath & NE Somerset; BANES
80428|822|E06000055|E|Bedford Borough|Bedford
80488|303|E09000004|GL|Bexley
80429|330|E08000025|WM|Birmingham
80430|889|E06000008|NW|Blackburn with Darwen
80431|890|E06000009|NW|Blackpool
80432|350|E08000001|NW|Bolton
2532287|839|E06000058|SW|Bournemouth, Christchurch and Poole|BCP; BCP Council
80436|867|E06000036|SE|Bracknell Forest
80449|380|E08000032|YH|Bradford
80489|304|E09000005|GL|Brent
80438|846|E06000043|SE|Brighton and Hove|Brighton & Hove City
80441|801|E06000023|SW|Bristol, City of|Bristol
80490|305|E09000006|GL|Bromley
80442|825|E06000060|SE|Buckinghamshire
80443|351|E08000002|NW|Bury
80444|381|E08000033|YH|Calderdale
80445|873|E10000003|E|Cambridgeshire
80491|202|E09000007|GL|Camden
80446|823|E06000056|E|Central Bedfordshire
80447|895|E06000049|NW|Cheshire East
80448|896|E06000050|NW|Cheshire West and Chester
80450|201|E09000001|GL|City of London|London Corporation; City of London Corporation; Corporation of London
80454|908|E06000052|SW|Cornwall
80456|331|E08000026|WM|Coventry
80492|306|E09000008|GL|Croydon
2733690|942|E06000063|NW|Cumberland
80458|841|E06000005|NE|Darlington
80459|831|E06000015|EM|Derby
80460|830|E10000007|EM|Derbyshire
80461|878|E10000008|SW|Devon
80462|371|E08000017|YH|Doncaster
2532283|838|E06000059|SW|Dorset
80464|332|E08000027|WM|Dudley
80465|840|E06000047|NE|Durham|County Durham
80493|307|E09000009|GL|Ealing
80466|811|E06000011|YH|East Riding of Yorkshire|East Riding
80467|845|E10000011|SE|East Sussex
80494|308|E09000010|GL|Enfield
80468|881|E10000012|E|Essex
80469|390|E08000037|NE|Gateshead
80470|916|E10000013|SW|Gloucestershire
80495|203|E09000011|GL|Greenwich
80496|204|E09000012|GL|Hackney
80471|876|E06000006|NW|Halton
80497|205|E09000013|GL|Hammersmith and Fulham
80472|850|E10000014|SE|Hampshire
80498|309|E09000014|GL|Haringey
80499|310|E09000015|GL|Harrow
80473|805|E06000001|NE|Hartlepool
80500|311|E09000016|GL|Havering
80474|884|E06000019|WM|Herefordshire|Herefordshire, County of
80475|919|E10000015|E|Hertfordshire
80501|312|E09000017|GL|Hillingdon
80503|313|E09000018|GL|Hounslow
80419|921|E06000046|SE|Isle of Wight
80455|420|E06000053|SW|Isles of Scilly|Scilly; Scilly Isles; Council of the Isles of Scilly
80505|206|E09000019|GL|Islington
80544|207|E09000020|GL|Kensington and Chelsea
80476|886|E10000016|SE|Kent
80477|810|E06000010|YH|Kingston upon Hull, City of|Hull; Kingston upon Hull
80545|314|E09000021|GL|Kingston upon Thames
80478|382|E08000034|YH|Kirklees
80479|340|E08000011|NW|Knowsley
80506|208|E09000022|GL|Lambeth
80480|888|E10000017|NW|Lancashire
80481|383|E08000035|YH|Leeds
80482|856|E06000016|EM|Leicester
80483|855|E10000018|EM|Leicestershire
80508|209|E09000023|GL|Lewisham
80484|925|E10000019|EM|Lincolnshire
80485|341|E08000012|NW|Liverpool
80520|821|E06000032|E|Luton
80521|352|E08000003|NW|Manchester
80522|887|E06000035|SE|Medway
80510|315|E09000024|GL|Merton
80523|806|E06000002|NE|Middlesbrough
80524|826|E06000042|SE|Milton Keynes
80525|391|E08000021|NE|Newcastle upon Tyne|Newcastle
80511|316|E09000025|GL|Newham
80418|926|E10000020|E|Norfolk
80526|812|E06000012|YH|North East Lincolnshire
80527|813|E06000013|YH|North Lincolnshire
2637539|940|E06000061|EM|North Northamptonshire
80528|802|E06000024|SW|North Somerset
80529|392|E08000022|NE|North Tyneside
80530|815|E06000065|YH|North Yorkshire
80532|929|E06000057|NE|Northumberland
80533|892|E06000018|EM|Nottingham
80534|891|E10000024|EM|Nottinghamshire
80535|353|E08000004|NW|Oldham
80536|931|E10000025|SE|Oxfordshire
80537|874|E06000031|E|Peterborough
80538|879|E06000026|SW|Plymouth
80539|851|E06000044|SE|Portsmouth
80540|870|E06000038|SE|Reading
80512|317|E09000026|GL|Redbridge
80541|807|E06000003|NE|Redcar and Cleveland
80513|318|E09000027|GL|Richmond upon Thames
80542|354|E08000005|NW|Rochdale
80543|372|E08000018|YH|Rotherham
80547|857|E06000017|EM|Rutland
80548|355|E08000006|NW|Salford
80549|333|E08000028|WM|Sandwell
80550|343|E08000014|NW|Sefton
80551|373|E08000039|YH|Sheffield
80552|893|E06000051|WM|Shropshire
80553|871|E06000039|SE|Slough
80554|334|E08000029|WM|Solihull
80555|933|E06000066|SW|Somerset
80556|803|E06000025|SW|South Gloucestershire
80557|393|E08000023|NE|South Tyneside
80558|852|E06000045|SE|Southampton
80559|882|E06000033|E|Southend-on-Sea|Southend
80514|210|E09000028|GL|Southwark
80560|342|E08000013|NW|St. Helens
80561|860|E10000028|WM|Staffordshire
80562|356|E08000007|NW|Stockport
80563|808|E06000004|NE|Stockton-on-Tees|Stockton
80564|861|E06000021|WM|Stoke-on-Trent|Stoke
80565|935|E10000029|E|Suffolk
80566|394|E08000024|NE|Sunderland
80567|936|E10000030|SE|Surrey
80515|319|E09000029|GL|Sutton
80568|866|E06000030|SW|Swindon
80569|357|E08000008|NW|Tameside
80570|894|E06000020|WM|Telford and Wrekin|Telford
80571|883|E06000034|E|Thurrock
80572|880|E06000027|SW|Torbay
80516|211|E09000030|GL|Tower Hamlets
80573|358|E08000009|NW|Trafford
80451|384|E08000036|YH|Wakefield
80574|335|E08000030|WM|Walsall
80517|320|E09000031|GL|Waltham Forest
80518|212|E09000032|GL|Wandsworth
80575|877|E06000007|NW|Warrington
80576|937|E10000031|WM|Warwickshire
80577|869|E06000037|SE|West Berkshire
2637548|941|E06000062|EM|West Northamptonshire
80578|938|E10000032|SE|West Sussex
80519|213|E09000033|GL|Westminster
2733698|943|E06000064|NW|Westmorland and Furness
80579|359|E08000010|NW|Wigan
80580|865|E06000054|SW|Wiltshire
80546|868|E06000040|SE|Windsor and Maidenhead
80581|344|E08000015|NW|Wirral
80582|872|E06000041|SE|Wokingham
80583|336|E08000031|WM|Wolverhampton
80584|885|E10000034|WM|Worcestershire
80453|816|E06000014|YH|York
"""

ABOLISHED = """
80434|837|E06000028|SW|Bournemouth
80457|909|E10000006|NW|Cumbria
80463|835|E10000009|SW|Dorset|Dorset (until 2019)
80531|928|E10000021|EM|Northamptonshire
80433|836|E06000029|SW|Poole
"""

REORGANISED = """
2019-04-01|80434,80433,80463|2532287
2019-04-01|80463|2532283
2021-04-01|80531|2637539
2021-04-01|80531|2637548
2023-04-01|80457|2733690
2023-04-01|80457|2733698
"""
"""`first day | from | to`: the day on which the new authority took over (R-070)."""

TO_BEGIN = """
east-surrey|SE|East Surrey
west-surrey|SE|West Surrey
"""
"""`key | region | name | other names` of those that an announcement lets begin. Ofsted's number, an LA number and a GSS
code are not given yet: the key stands for the number, and stays when one is given."""

ANNOUNCED = """
80567|2027-04-01|2025-10-28|East Surrey; West Surrey|Surrey (Structural Changes) Order 2026 (draft)
80457|2023-04-01|2022-03-17|Cumberland; Westmorland and Furness|Cumbria (Structural Changes) Order 2022, SI 2022/331
"""
"""`URN | first day on which it is no more | day announced | who follows | order` (R-072). Only an order or a minister's
statement stands here; of the other ends only the day itself was read."""

ANNOUNCED_IN = """
80567|Announced by the minister, 28 October 2025; draft order debated 25 February 2026|https://parallelparliament.co.uk/mp/alison-mcgovern/debate/2026-02-25/commons/general-committees/draft-surrey-structural-changes-order-2026
80457|Cumbria (Structural Changes) Order 2022|https://www.legislation.gov.uk/uksi/2022/331
"""
"""`URN | title | address` of what an announcement rests on, best first."""

RECODED = """
2013-04-01|80469|E08000020|E08000037
2013-04-01|80532|E06000048|E06000057
2020-04-01|80442|E10000002|E06000060
2023-04-01|80530|E10000023|E06000065
2023-04-01|80555|E10000027|E06000066
2025-04-01|80426|E08000016|E08000038
2025-04-01|80551|E08000019|E08000039
"""
"""`first day | URN | old GSS code | new GSS code`: the code changed, the authority did not."""

REGIONS = """
GL|London|London
NE|North East|North East, Yorkshire and the Humber
NW|North West|North West
YH|Yorkshire and The Humber|North East, Yorkshire and the Humber
EM|East Midlands|East Midlands
WM|West Midlands|West Midlands
E|East of England|East of England
SE|South East|South East
SW|South West|South West
"""
"""`code | the region shown | Ofsted's own region since 2023`."""

LOOK_UP_NUMBERS = """
135513|80457
121939|80531
137316|80433
"""
"""Numbers that public look-up files give as URNs of abolished authorities; they are not Ofsted's."""
