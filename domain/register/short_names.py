"""What people type for an authority instead of its name; no source rows are identified by it.

Kept apart from the names of `domain.register.rows`, by which files are read: a short name may be borne by several."""

SHORT_NAMES = """
2532287|Bournemouth Christchurch Poole
80427|B&NES
80430|BwD; Blackburn
80429|Brum; B'ham; Bham
80441|Bristol City
80446|Central Beds
80447|CEC
80448|CWaC; Chester; Cheshire West & Chester
80450|The City; Corporation of the City of London
80456|Cov
80465|Co Durham
80466|ERYC; East Yorkshire; East Yorks
80495|Royal Greenwich; RBG
80497|H&F; LBHF
80544|K&C; RBKC
80545|RBK; Kingston
80513|LBRUT; LBRuT; Richmond
80517|LBWF
80477|Kingston on Hull
80485|L'pool; Lpool
80523|Boro; M'bro
80524|MK
80525|N'castle
80526|NE Lincs; NELC
80533|Nottm; Nottingham City
80541|Redcar
80546|RBWM; Windsor
80552|Salop
80556|South Glos; S Glos
80558|Soton
80560|Saint Helens
80583|Wolves; W'ton
80419|IoW; IW
"""
"""`URN | short names`: those that no rule below makes of the name."""

SHORT_WORDS = """
beds|bedfordshire
berks|berkshire
bucks|buckinghamshire
cambs|cambridgeshire
ches|cheshire
derbys|derbyshire
glos|gloucestershire
gloucs|gloucestershire
hants|hampshire
heref|herefordshire
herts|hertfordshire
lancs|lancashire
leics|leicestershire
lincs|lincolnshire
northants|northamptonshire
notts|nottinghamshire
oxon|oxfordshire
shrops|shropshire
staffs|staffordshire
warks|warwickshire
wilts|wiltshire
worcs|worcestershire
yorks|yorkshire
ne|north east
nw|north west
"""
"""`word typed | what it stands for`, in a name of one word or more."""

COUNTIES_BEFORE = """
Avon|80441 80427 80528 80556
Bedfordshire|80428 80446 80520
Berkshire|80436 80540 80553 80577 80546 80582
Cheshire|80447 80448 80471 80575
Cleveland|80473 80523 80541 80563
Greater Manchester|80432 80443 80521 80535 80542 80548 80562 80569 80573 80579
Humberside|80466 80477 80526 80527
Merseyside|80479 80485 80550 80560 80581
South Yorkshire|80426 80462 80543 80551
Teesside|80523 80541 80563
Tyne and Wear|80469 80525 80529 80557 80566
West Yorkshire|80449 80444 80478 80481 80451
"""
"""`area that has no council for children's services | URNs of those in it today`."""
